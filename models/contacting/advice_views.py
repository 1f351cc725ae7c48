"""Views of what is known of a person's ways, and of advice."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.contact_data.channel import Channel
from models.contacting.advice_words import GentleLead, Meanwhile
from models.contacting.checklist_words import Checklist
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.moments import Stretch
from models.contacting.permissions import CallingHoursView
from models.contacting.statement_origin import StatementOrigin
from models.contacting.tables import ContactOutcome
from rules import Decision
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import Medium


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A vendor's judgements about a person; version 0 if there are none yet."""

    version: int = 0
    status: PersonStatus = PersonStatus.UNKNOWN
    days: PersonDays = PersonDays.UNKNOWN
    temper: PersonTemper = PersonTemper.UNKNOWN
    knows_number: bool = False


@dataclass(frozen=True, slots=True)
class StatementView:
    """What a person said about being contacted; `whole_house`: about their company."""

    id: UUID
    kind: StatementKind
    strength: Strength
    origin: StatementOrigin
    at: datetime
    whole_house: bool
    until: date | None
    taken_back_at: datetime | None

    @property
    def strong(self) -> bool:
        """Whether it decides alone."""
        return self.strength is Strength.STRONG


@dataclass(frozen=True, slots=True)
class LastAttempt:
    """The newest attempt of an account to contact a person."""

    outcome: ContactOutcome
    at: datetime


@dataclass(frozen=True, slots=True)
class KnownWays:
    """All that advice needs to know of the person of a lead, beside what permissions need.

    `statements` are those that count, newest first. `chosen` is the channel that the person chose with the
    lead, at `chosen_at`; None if an import filled it in. `bought`: the contact comes from an aggregator.
    `accepts` are the media by which the vendor wants to be contacted itself; none named: all.
    """

    profile: ProfileView
    statements: Sequence[StatementView]
    house_reads_mail: bool
    chosen: Channel | None
    chosen_at: datetime
    last: LastAttempt | None
    bought: bool
    accepts: Sequence[Medium]


class AdviceWarning(StrEnum):
    """What to bear in mind beside an advice."""

    COMPLEX_BY_MAIL = "COMPLEX_BY_MAIL"
    TRIFLE_BY_PHONE = "TRIFLE_BY_PHONE"
    ZONE_UNSURE = "ZONE_UNSURE"
    GREAT_CAUTION = "GREAT_CAUTION"
    CONTRADICTED_BY_DATA = "CONTRADICTED_BY_DATA"
    EXPECT_AN_ASSISTANT = "EXPECT_AN_ASSISTANT"
    SENDER_PREFERS_ANOTHER = "SENDER_PREFERS_ANOTHER"


@dataclass(frozen=True, slots=True)
class AdviceInput:
    """What somebody wants to achieve, and when."""

    goal: ContactGoal = ContactGoal.NONE
    urgent: bool = False
    feelings: bool = False


@dataclass(frozen=True, slots=True)
class AdviceView:
    """An advice, with the decisions behind it: preference, goal, follow-up, then right and permission of each
    medium. `best` is the next good stretch of time, None if there is none within 14 days or none is needed.
    """

    lead_id: UUID
    advice: Decision
    because: Sequence[Decision]
    moment: Decision
    best: Stretch | None
    hours: CallingHoursView
    meanwhile: Meanwhile | None
    lead: GentleLead | None
    warnings: Sequence[AdviceWarning]
    checklist: Checklist | None

    @property
    def best_from(self) -> datetime | None:
        """When the next good stretch begins."""
        return self.best.start if self.best else None

    @property
    def best_until(self) -> datetime | None:
        """When it ends."""
        return self.best.end if self.best else None


Advised = dict[tuple[Hashable, ...], AdviceView]  # by all that an advice depends on


@dataclass(frozen=True, slots=True)
class SenderProfileView:
    """By which media a vendor is contacted itself, and its signatures by language; version 0 if not set."""

    version: int
    accepts: Sequence[Medium]
    signatures: Mapping[str, str]
