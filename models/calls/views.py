"""What a viewer sees of a secretariat, its employees and their times.

Agents, and employees with a sub-account, get an `AgentEmployeeView`, which has neither addresses nor numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.calls.presence import Span
from models.calls.tables import AppointmentSource, AskedFieldKind, ChangeSubject
from models.contact_data.redaction import Redacted
from rules.calls.call_route import TransferWish


@dataclass(frozen=True, slots=True)
class SecretariatView:
    """A company's set-up. `manages`: the viewer acts for the company, or is an operator."""

    id: UUID
    version: int
    account_id: UUID
    account_name: str
    market_id: UUID
    greeting: str
    handling_instruction: str | None
    language: str
    time_zone: str
    holidays_of: str
    transfer_included: bool
    fallback_employee_id: UUID | None
    own_retention_days: int | None
    confirmed_at: datetime | None
    changed_parts: Sequence[str]
    phone_numbers: Sequence[str]
    number_blocks: Sequence[str]
    stale_calendars_of: Sequence[str]
    check_by: datetime | None
    manages: bool

    @property
    def confirmed(self) -> bool:
        """Whether the company has confirmed its data since the last change."""
        return self.confirmed_at is not None and not self.changed_parts


def name_of_employee(first_name: str, last_name: str) -> str:
    """Return an employee's name as it is shown: First Last."""
    return f"{first_name} {last_name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class AgentEmployeeView(Redacted):
    """An employee as an agent sees them. `asked_at`: the instant that a list was asked for."""

    id: UUID
    version: int
    secretariat_id: UUID
    first_name: str
    last_name: str
    position: str | None
    responsibility: str | None
    wish: TransferWish
    sms_tick: bool
    vip_sms_tick: bool
    deputy_id: UUID | None
    absence_text: str | None
    asked_at: datetime | None = None

    @property
    def display_name(self) -> str:
        """First Last."""
        return name_of_employee(self.first_name, self.last_name)


@dataclass(frozen=True, slots=True, repr=False)
class EmployeeView(AgentEmployeeView):
    """An employee as the company and operators see them."""

    email: str = ""
    cc: Sequence[str] = ()
    mobile: str | None = None
    extension: str | None = None
    user_id: UUID | None = None


AnyEmployee = AgentEmployeeView | EmployeeView


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment of an employee."""

    id: UUID
    version: int
    employee_id: UUID
    starts_at: datetime
    ends_at: datetime
    first_day: date | None
    last_day: date | None
    text: str
    reachable: bool
    source: AppointmentSource


@dataclass(frozen=True, slots=True)
class FaqView:
    """A question and its answer."""

    id: UUID
    version: int
    secretariat_id: UUID
    position: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskedFieldView:
    """Something that callers are asked."""

    key: str
    label: str
    kind: AskedFieldKind
    choices: Sequence[str]
    required: bool
    built_in: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Who changed which fields of what."""

    id: UUID
    secretariat_id: UUID
    at: datetime
    by_id: UUID | None
    subject_kind: ChangeSubject
    subject_id: UUID
    fields_changed: Sequence[str]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A user by name."""

    id: UUID
    name: str


HoursOf = Sequence[Span]
