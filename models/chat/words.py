"""Names of those whose messages are in chats and who are not shown by name."""

from enum import unique

from models.base.refusal import Wording, Words


@unique
class Author(Wording):
    """Who wrote a message, if the name stays hidden or there is none; SYSTEM of system messages."""

    PROSPECT = Words(en="The prospect", de="Der Interessent", pl="Klient", ro="Clientul")
    OPERATOR = Words(en="The operator", de="Der Betreiber", pl="Operator", ro="Operatorul")
    SYSTEM = Words(en="The marketplace", de="Der Marktplatz", pl="Serwis", ro="Platforma")
