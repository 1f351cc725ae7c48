"""What the notices of a call are decided from: its working copy when it ends, or a preview of that."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from models.calls.call_tables import TransferResult
from models.calls.caller_id import Caller
from rules import Policy
from rules.calls.call_mail import CallOutcome


class EndedAttempt(Protocol):
    """An attempt to put a call through."""

    @property
    def employee_id(self) -> UUID:
        """The employee who was tried."""

    @property
    def result(self) -> TransferResult:
        """What became of it."""


class EndedCall(Protocol):
    """A call that ends, as its working copy has it."""

    @property
    def id(self) -> UUID:
        """The call."""

    @property
    def secretariat_id(self) -> UUID:
        """The secretariat that was called."""

    @property
    def account_id(self) -> UUID:
        """The company's account."""

    @property
    def policy_id(self) -> UUID:
        """The version that is pinned on the call."""

    @property
    def policy(self) -> Policy:
        """That version."""

    @property
    def caller(self) -> Caller:
        """Who called."""

    @property
    def wanted_employee_id(self) -> UUID | None:
        """Whom the caller asked for."""

    @property
    def answered_at(self) -> datetime | None:
        """When an agent answered."""

    @property
    def finished_at(self) -> datetime | None:
        """When its agent finished it."""

    @property
    def closed_at(self) -> datetime | None:
        """When its deadline closed it."""

    @property
    def outcome(self) -> CallOutcome | None:
        """What became of it."""

    @property
    def attempts(self) -> Sequence[EndedAttempt]:
        """The attempts to put it through, in order."""


def accepted_by(call: EndedCall) -> UUID | None:
    """Return the employee to whom a call was put through."""
    accepted = [one.employee_id for one in call.attempts if one.result is TransferResult.ACCEPTED]
    return accepted[-1] if accepted else None
