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
    "WEBHOOK_DISABLED": {
        "en": Notice(
            "A webhook endpoint was disabled",
            (
                "Requests to the endpoint failed for too long, or it answered that it no longer exists.",
                "Check the endpoint, then enable it again. Events from now until then are not sent; you can replay them afterwards.",
            ),
        ),
        "de": Notice(
            "Ein Webhook-Endpunkt wurde deaktiviert",
            (
                "Die Anfragen an den Endpunkt sind zu lange fehlgeschlagen, oder er hat geantwortet, dass es ihn nicht mehr gibt.",
                "Prüfen Sie den Endpunkt und aktivieren Sie ihn dann wieder. Ereignisse bis dahin werden nicht gesendet; Sie können sie danach erneut senden lassen.",
            ),
        ),
        "pl": Notice(
            "Punkt końcowy webhooka został wyłączony",
            (
                "Żądania do punktu końcowego zbyt długo kończyły się niepowodzeniem albo odpowiedział on, że już nie istnieje.",
                "Prosimy sprawdzić punkt końcowy, a następnie włączyć go ponownie. Zdarzenia do tego czasu nie są wysyłane; można je potem wysłać ponownie.",
            ),
        ),
        "ro": Notice(
            "Un endpoint webhook a fost dezactivat",
            (
                "Solicitările către endpoint au eșuat prea mult timp sau acesta a răspuns că nu mai există.",
                "Verificați endpointul, apoi activați-l din nou. Evenimentele de până atunci nu se trimit; le puteți retransmite ulterior.",
            ),
        ),
    },
}
