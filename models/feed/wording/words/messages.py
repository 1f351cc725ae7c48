"""Words of notifications about messages that the marketplace sends."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "NOTICE_UNDELIVERED": {
        "en": Notice(
            "A required message was not delivered",
            (
                "A message that the law requires could not be delivered. The list of dispatches says why.",
                "Send it by post, or correct the address and retry it.",
            ),
        ),
        "de": Notice(
            "Eine vorgeschriebene Nachricht wurde nicht zugestellt",
            (
                "Eine gesetzlich vorgeschriebene Nachricht konnte nicht zugestellt werden. Den Grund finden Sie in der Liste der Sendungen.",
                "Senden Sie sie per Post, oder berichtigen Sie die Adresse und wiederholen Sie den Versand.",
            ),
        ),
        "pl": Notice(
            "Nie doręczono wymaganej wiadomości",
            (
                "Nie udało się doręczyć wiadomości wymaganej przez prawo. Powód podano na liście wysyłek.",
                "Należy wysłać ją pocztą albo poprawić adres i ponowić wysyłkę.",
            ),
        ),
        "ro": Notice(
            "Un mesaj obligatoriu nu a fost livrat",
            (
                "Un mesaj cerut de lege nu a putut fi livrat. Găsiți motivul în lista expedierilor.",
                "Trimiteți-l prin poștă sau corectați adresa și repetați expedierea.",
            ),
        ),
    },
}
