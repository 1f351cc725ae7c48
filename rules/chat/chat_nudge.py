"""Whether a reader of a chat is told by email of messages that are unread (S1 R.messages)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.chat.chat_access import ChatAccess
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["QUIET", "WRITE", "ChatNudge", "ChatNudgeFacts", "chat_nudge"]


class ChatNudge(StrEnum):
    """The verdicts."""

    WRITE = "WRITE"
    QUIET = "QUIET"


WRITE, QUIET = ChatNudge


@dataclass(frozen=True, slots=True)
class ChatNudgeFacts:
    """The facts that decide whether the reader of one chat is written to; the introduction doesn't count."""

    unread: bool  # a message of somebody else
    waited: datetime  # the time of the oldest unread message or, if later, of the last reading
    nudged: bool  # since then
    access: ChatAccess  # the reader's


@ruleset("chat_nudge", ChatNudgeFacts, since=("waited",), fail_closed=QUIET)
def chat_nudge(p: Policy) -> None:
    """Everything read, nobody can write any more, told before, then how long a message has waited."""
    waits = m.unread & (m.access == ChatAccess.OPEN)

    @rule(QUIET, "S1 R.messages", ~m.unread)
    def all_read() -> None:
        """All messages have been read."""

    @rule(QUIET, "S1 R.messages", m.unread & m.access.among(ChatAccess.READ_ONLY, ChatAccess.CLOSED))
    def chat_ended() -> None:
        """Nobody can write in the chat any more."""

    @rule(QUIET, "S1 R.messages", waits & m.nudged)
    def told_before() -> None:
        """An email has been sent since the oldest unread message."""

    @rule(QUIET, "S1 R.messages", waits & ~m.nudged & (m.waited < p.chat.chat_nudge_after))
    def still_time() -> None:
        """The reader has {chat_nudge_after} to read a message before an email is sent."""

    @rule(WRITE, "S1 R.messages", waits & ~m.nudged & (m.waited >= p.chat.chat_nudge_after))
    def unread_too_long() -> None:
        """A message has been unread for {chat_nudge_after}."""
