"""Views of what is known about contacting a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.contacting.tables import ContactOutcome, OptOutListKind, StopOrigin, StopScope
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.terms import Medium


@dataclass(frozen=True, slots=True)
class StopView:
    """A do-not-contact stop that the viewer may see; `medium` is None for all media."""

    id: UUID
    scope: StopScope
    medium: Medium | None
    since: datetime
    until: datetime | None
    origin: StopOrigin
    lifted_at: datetime | None
    account_id: UUID | None = None

    def bars(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return (
            self.since <= at
            and (self.lifted_at is None or at < self.lifted_at)
            and (self.until is None or at < self.until)
        )


@dataclass(frozen=True, slots=True)
class AttemptView:
    """A recorded attempt to contact a person, and the decision that it cites as the advice, if it does."""

    id: UUID
    lead_id: UUID
    medium: Medium
    goal: ContactGoal | None
    at: datetime
    outcome: ContactOutcome
    by_system: bool
    against_stop: bool
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class OptOutListView:
    """A list of people who want no advertising; it is too old from `stale_from` on (None: never)."""

    id: UUID
    name: str
    country: str
    medium: Medium
    kind: OptOutListKind
    entries: int
    refreshed_at: datetime
    stale_from: datetime | None
