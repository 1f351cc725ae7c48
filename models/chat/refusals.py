"""Reasons to refuse messages and read marks in chats, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class ChatRefusal(RefusalReason):
    """The API's `ChatErrorReason`."""

    CHAT_MESSAGE_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The chat of this application has no such message.",
        en="Message not found in the chat of this application.",
        de="Nachricht im Chat dieser Bewerbung nicht gefunden.",
        pl="Nie znaleziono wiadomości na czacie tego zgłoszenia.",
        ro="Mesajul nu a fost găsit în chatul acestei cereri.",
    )
    CHAT_NOT_OPEN = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not allow anybody to write in the chat; see `decision`.",
        en="Your message was not sent. {decision}",
        de="Ihre Nachricht wurde nicht gesendet. {decision}",
        pl="Wiadomość nie została wysłana. {decision}",
        ro="Mesajul dumneavoastră nu a fost trimis. {decision}",
    )
    CHAT_CLOSED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not allow the viewer to read the chat; see `decision`.",
        en="You can no longer read this chat. {decision}",
        de="Sie können diesen Chat nicht mehr lesen. {decision}",
        pl="Nie można już czytać tego czatu. {decision}",
        ro="Nu mai puteți citi acest chat. {decision}",
    )
    MESSAGE_INVISIBLE = Why(
        RefusalCode.INVALID,
        "The text has no visible characters.",
        en="text: contains only invisible characters. Write something that can be read.",
        de="Der Text besteht nur aus unsichtbaren Zeichen. Schreiben Sie etwas Lesbares.",
        pl="Tekst zawiera wyłącznie niewidoczne znaki. Prosimy napisać coś, co da się przeczytać.",
        ro="Textul conține numai caractere invizibile. Scrieți ceva care poate fi citit.",
    )
    TOO_MANY_CHAT_MESSAGES = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "This side wrote too many messages in the chat within a minute; retry after `retryAfterSeconds`.",
        en="At most {most} messages a minute can be sent in a chat. Try again in {wait}.",
        de="In einem Chat können höchstens {most} Nachrichten pro Minute gesendet werden. Wartezeit bis zum nächsten Versuch: {wait}.",
        pl="Na czacie można wysłać najwyżej {most} wiadomości na minutę. Czas do następnej próby: {wait}.",
        ro="Într-un chat se pot trimite cel mult {most} de mesaje pe minut. Timp până la următoarea încercare: {wait}.",
    )
