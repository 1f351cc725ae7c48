"""Names of those who write in chats and are not shown by name."""

from enum import unique

from models.base.refusal import Wording, Words


@unique
class Author(Wording):
    """Who wrote a message, if the name stays hidden or there is none."""

    PROSPECT = Words(en="The prospect", de="Der Interessent", pl="Klient", ro="Clientul")
    OPERATOR = Words(en="The operator", de="Der Betreiber", pl="Operator", ro="Operatorul")
