"""When a reader of a chat is told of unread messages by email (S1 R.messages)."""

from datetime import timedelta
from itertools import product

import pytest

from rules import Decision, decide
from rules.chat.chat_access import ChatAccess
from rules.chat.chat_nudge import QUIET, WRITE, ChatNudgeFacts, chat_nudge
from tests.rules.support import NOW, ago, make_policy

AFTER = 600
POLICY = make_policy()


def ask(
    waited: int,
    *,
    micro: int = 0,
    unread: bool = True,
    nudged: bool = False,
    access: ChatAccess = ChatAccess.OPEN,
) -> Decision:
    facts = ChatNudgeFacts(unread=unread, waited=ago(waited, micro), nudged=nudged, access=access)
    return decide(chat_nudge, POLICY, facts, NOW)


@pytest.mark.parametrize(
    ("waited", "micro", "written"),
    [(0, 0, False), (AFTER - 1, 0, False), (AFTER, -1, False), (AFTER, 0, True), (AFTER + 1, 0, True)],
)
def test_a_message_that_was_unread_for_ten_minutes_is_worth_an_email(
    waited: int, micro: int, written: bool
) -> None:
    decision = ask(waited, micro=micro)
    assert (decision.verdict, decision.rule_id) == (
        (WRITE, "unread_too_long") if written else (QUIET, "still_time")
    )


def test_every_other_fact_keeps_quiet() -> None:
    """However long it has waited, and whatever the other facts are."""
    for unread, nudged, access in product((True, False), (True, False), ChatAccess):
        decision = ask(10 * AFTER, unread=unread, nudged=nudged, access=access)
        rule = "unread_too_long"
        if not unread:
            rule = "all_read"
        elif access is not ChatAccess.OPEN:
            rule = "chat_ended"
        elif nudged:
            rule = "told_before"
        assert (decision.rule_id, decision.verdict is WRITE) == (rule, rule == "unread_too_long")


def test_the_email_is_due_ten_minutes_after_the_oldest_unread_message() -> None:
    decision = ask(100)
    assert decision.changes_at == ago(100) + timedelta(seconds=AFTER)
    assert decision.changes_to is WRITE
    assert [ask(100, unread=False).changes_at, ask(100, nudged=True).changes_at] == [None, None]
