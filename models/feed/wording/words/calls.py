"""Words of notifications about the phone secretariat."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "SECRETARIAT_CHECK": {
        "en": Notice(
            "Please check your phone secretariat",
            (
                "You confirmed the data of your phone secretariat some time ago.",
                "Check the greeting, numbers, employees and extensions, and confirm them again.",
            ),
        ),
        "de": Notice(
            "Bitte prüfen Sie Ihr Telefonsekretariat",
            (
                "Sie haben die Angaben zu Ihrem Telefonsekretariat vor einiger Zeit bestätigt.",
                "Prüfen Sie Begrüßung, Nummern, Mitarbeiter und Durchwahlen und bestätigen Sie sie erneut.",
            ),
        ),
        "pl": Notice(
            "Prosimy sprawdzić sekretariat telefoniczny",
            (
                "Dane sekretariatu telefonicznego zostały potwierdzone jakiś czas temu.",
                "Prosimy sprawdzić powitanie, numery, pracowników i numery bezpośrednie oraz potwierdzić je ponownie.",
            ),
        ),
        "ro": Notice(
            "Verificați secretariatul telefonic",
            (
                "Ați confirmat datele secretariatului telefonic acum ceva timp.",
                "Verificați salutul, numerele, angajații și numerele directe și confirmați-le din nou.",
            ),
        ),
    },
}
