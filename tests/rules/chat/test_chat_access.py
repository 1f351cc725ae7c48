"""Who reads and writes in a chat, for every combination of facts (S1.5, readings of answers)."""

from itertools import product

from rules import decide
from rules.chat.chat_access import CLOSED, OPEN, READ_ONLY, ChatAccess, ChatAccessFacts, chat_access
from rules.visibility import Closed, Response, ViewerKind
from tests.rules.support import NOW, REVEAL, make_policy

POLICY = make_policy()
VENDOR, PROSPECT, OPERATOR = ViewerKind.VENDOR, ViewerKind.PROSPECT_OWNER, ViewerKind.OPERATOR
CONCERNED = (VENDOR, PROSPECT, OPERATOR)


def _decided(
    viewer: ViewerKind, response: Response, closed: Closed = Closed.NO, after: int = 0
) -> tuple[ChatAccess, str]:
    decision = decide(chat_access, POLICY, ChatAccessFacts(viewer, response, after, closed), NOW)
    assert decision.changes_at is None, "access never changes by itself"
    return ChatAccess(decision.verdict), decision.rule_id


def test_a_chat_is_open_from_the_introduction_until_a_decline() -> None:
    for viewer in CONCERNED:
        assert _decided(viewer, Response.NONE) == (OPEN, "open_from_introduction")
        assert _decided(viewer, Response.ACCEPTED, after=60) == (OPEN, "prospect_accepted")
        assert _decided(viewer, Response.WITHDRAWN, after=60) == (READ_ONLY, "acceptance_withdrawn")
        assert _decided(viewer, Response.DECLINED, after=REVEAL - 1) == (READ_ONLY, "declined_in_time")
        assert _decided(viewer, Response.DECLINED, after=REVEAL) == (READ_ONLY, "declined_late")


def test_what_closes_the_contact_closes_the_chat_whatever_was_answered() -> None:
    for response in Response:
        assert _decided(VENDOR, response, Closed.NO_CONSENT) == (CLOSED, "no_consent_upheld")
        assert _decided(PROSPECT, response, Closed.NO_CONSENT) == (READ_ONLY, "closed_to_vendor")
        assert _decided(OPERATOR, response, Closed.NO_CONSENT) == (READ_ONLY, "closed_to_vendor")
        assert _decided(VENDOR, response, Closed.ERASED) == (CLOSED, "person_erased")
        assert _decided(OPERATOR, response, Closed.ERASED) == (CLOSED, "person_erased")
        assert _decided(PROSPECT, response, Closed.ERASED) == (READ_ONLY, "closed_to_vendor")
        for viewer in CONCERNED:
            assert _decided(viewer, response, Closed.DO_NOT_CONTACT) == (READ_ONLY, "contact_stopped")


def test_others_never_see_a_chat() -> None:
    for response, closed, after in product(Response, Closed, (0, REVEAL)):
        assert _decided(ViewerKind.OTHER, response, closed, after) == (CLOSED, "not_concerned")
