"""Policies: every number and switch of the rules, in one frozen dataclass per area.

A policy never changes: a different number is a new version.
"""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, get_type_hints

from rules.parameter_problems import ParameterProblem, PolicyError, ProblemKind
from rules.parameters import (
    ParameterField,
    area_fields,
    area_problems,
    check_area,
    humanly,
    label,
    quantity,
    read_area,
)

__all__ = [
    "AdvicePolicy",
    "CallPolicy",
    "ChatPolicy",
    "ComplaintPolicy",
    "ContactPolicy",
    "MessagesPolicy",
    "PlacementPolicy",
    "Policy",
    "PublicationPolicy",
    "RefundPolicy",
    "ReminderPolicy",
    "RevealPolicy",
    "SmartDataPolicy",
]

_DAY = 86_400
_YEAR = 366 * _DAY


def _seconds(low: int, high: int, default: Any = MISSING) -> Any:
    return field(default=default, metadata={"unit": "seconds", "low": low, "high": high})


def _number(unit: str, low: int, high: int, default: int) -> Any:
    return field(default=default, metadata={"unit": unit, "low": low, "high": high})


def _switch(default: bool) -> Any:
    return field(default=default, metadata={"unit": "switch"})


@dataclass(frozen=True, slots=True)
class RevealPolicy:
    """S1.2, S1.3: `reveal_after` is in seconds from receipt of the application."""

    reveal_after: int = _seconds(1, _YEAR)


@dataclass(frozen=True, slots=True)
class RefundPolicy:
    """S1.9 and its readings; a call of at least `meeting_call_seconds` counts as a meeting."""

    late_declines: bool = _switch(True)
    withdrawals: bool = _switch(True)
    no_show_restores: bool = _switch(True)
    meeting_call_seconds: int = _seconds(1, 86_400, default=120)


@dataclass(frozen=True, slots=True)
class ReminderPolicy:
    """S1.10: `review_reminder_after` is in seconds from receipt of the application."""

    review_reminder_after: int = _seconds(1, _YEAR)
    only_unopened: bool = _switch(False)


@dataclass(frozen=True, slots=True)
class ComplaintPolicy:
    """S5: days are calendar days in `zone`, or elapsed days when a day has a length in seconds."""

    window_days: int = field(default=30, metadata={"unit": "days", "low": 1, "high": 366})
    window_elapsed_day_seconds: int = _seconds(0, 86_400, default=0)  # 0: calendar days
    zone: str = field(default="Europe/Berlin", metadata={"unit": "zone"})
    move_holidays: bool = _switch(False)
    holidays_of: str = field(default="DE", metadata={"unit": "place"})  # the place of the contract
    decide_days: int = field(default=21, metadata={"unit": "days", "low": 1, "high": 366})  # S5.9
    # When operators are reminded, in days from submission; 0 turns a reminder off.
    first_mark_days: int = field(default=7, metadata={"unit": "days", "low": 0, "high": 366})
    second_mark_days: int = field(default=14, metadata={"unit": "days", "low": 0, "high": 366})
    last_mark_days: int = field(default=20, metadata={"unit": "days", "low": 0, "high": 366})
    replacement_wait_days: int = field(default=14, metadata={"unit": "days", "low": 0, "high": 366})
    replacements_complainable: bool = _switch(True)

    def shortened(self, days: int) -> int | None:
        """The length of this many days in seconds if the policy shortens days, as in a demo; otherwise
        None.
        """
        day = self.window_elapsed_day_seconds
        return days * day if 0 < day < _DAY else None


@dataclass(frozen=True, slots=True)
class PublicationPolicy:
    """What a lead gets when it is published: the fee of an application, and how long vendors can apply."""

    application_fee: int = field(default=10, metadata={"unit": "points", "low": 0, "high": 1_000_000})
    open_for: int = _seconds(1, 10 * _YEAR, default=30 * _DAY)


@dataclass(frozen=True, slots=True)
class MessagesPolicy:
    """How often and how long sending is tried, and when the product's own messages wait.

    Delays grow from `first_delay` by `growth_percent` to `longest_delay`, each more or less by up to
    `jitter_percent`. Quiet hours are minutes of the recipient's day; equal ones turn them off.
    `calendar_on_silence`: a reveal without an answer updates the calendar event, as an acceptance does. A
    text message has up to `sms_most_parts` parts and costs `sms_cents` EUR cents; with `sms_plain_letters`,
    letters that would halve its room are replaced by plain ones.
    """

    most_attempts_email: int = _number("attempts", 1, 100, 10)
    most_attempts_sms: int = _number("attempts", 1, 100, 5)
    most_attempts_push: int = _number("attempts", 1, 100, 5)
    most_attempts_webhook: int = _number("attempts", 1, 100, 10)
    first_delay: int = _seconds(1, _DAY, default=60)
    growth_percent: int = _number("percent", 100, 1_000, 300)
    longest_delay: int = _seconds(1, 7 * _DAY, default=6 * 3_600)
    jitter_percent: int = _number("percent", 0, 50, 20)
    give_up_after: int = _seconds(1, 60 * _DAY, default=3 * _DAY)
    quiet_from: int = _number("time of day", 0, 1_439, 22 * 60)
    quiet_until: int = _number("time of day", 0, 1_439, 8 * 60)
    soft_bounce_hold: int = _seconds(1, _YEAR, default=7 * _DAY)
    most_soft_bounces: int = _number("bounces", 1, 100, 3)
    link_life: int = _seconds(1, _YEAR, default=30 * _DAY)
    calendar_on_silence: bool = _switch(True)
    sms_most_parts: int = _number("parts", 1, 10, 1)
    sms_cents: int = _number("cents", 0, 10_000, 10)
    sms_plain_letters: bool = _switch(True)
    webhook_disabled_after: int = _seconds(1, 60 * _DAY, default=5 * _DAY)


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """S4: who gets a call, and how long a company's data is taken for current.

    `deputy_hops`: 1 is the deputy, 2 also the deputy's deputy. `attempt_ring_seconds`: how long one employee
    is rung. `retention_days`: how long it is known who called, unless the company chose otherwise.
    `check_after_days`: when a company is asked to check its set-up again; 0 turns that off.
    `ring_seconds`, `talk_seconds` and `wrap_up_seconds`: how long a call stays open without news, by its
    state. `correct_seconds`: how long after its end an agent may correct a note. `agent_sees_seconds`: how
    long after its end an agent sees a call. `calendar_refresh_seconds`: how often a calendar is read;
    `calendar_horizon_days`: how far ahead; `calendar_stale_seconds`: how long reading it may fail before its
    company is told.
    """

    deputy_hops: int = _number("deputies", 1, 5, 1)  # 0 would leave rules that can never apply
    deputy_after_decline: bool = _switch(False)
    unconfirmed_takes_messages: bool = _switch(False)
    holidays_close: bool = _switch(True)
    attempt_ring_seconds: int = _seconds(5, 300, default=25)
    retention_days: int = _number("days", 30, 730, 180)
    check_after_days: int = _number("days", 0, 3_660, 180)
    ring_seconds: int = _seconds(5, _DAY, default=180)
    talk_seconds: int = _seconds(60, _DAY, default=4 * 3_600)
    wrap_up_seconds: int = _seconds(5, _DAY, default=900)
    correct_seconds: int = _seconds(0, 30 * _DAY, default=_DAY)
    agent_sees_seconds: int = _seconds(0, 30 * _DAY, default=_DAY)
    mail_abandoned: bool = _switch(False)
    calendar_refresh_seconds: int = _seconds(60, _DAY, default=900)
    calendar_stale_seconds: int = _seconds(60, 30 * _DAY, default=_DAY)
    calendar_horizon_days: int = _number("days", 1, 366, 180)


@dataclass(frozen=True, slots=True)
class ChatPolicy:
    """S1.5, S1.8: what is masked for the prospect before the reveal, and whether readers are seen to read.

    The prospect's contact data is always masked for the vendor. `chat_nudge_after`: how long a message waits
    unread before an email says so.
    """

    chat_mask_vendor_contacts: bool = _switch(True)
    chat_mask_vendor_links: bool = _switch(False)
    chat_show_read_marks: bool = _switch(True)
    chat_nudge_after: int = _seconds(1, 30 * _DAY, default=600)


@dataclass(frozen=True, slots=True)
class PlacementPolicy:
    """S1.11: banners that only inform are shown for `news_for` seconds."""

    news_for: int = _seconds(1, _YEAR, default=14 * _DAY)


@dataclass(frozen=True, slots=True)
class SmartDataPolicy:
    """S2: for how long what was found is fresh, and kept; how often an account may search, and what a hit
    costs.

    `keep_at_most`: for how long an account can decide to keep a found field.
    """

    fresh_for: int = _seconds(1, _YEAR, default=30 * _DAY)
    keep_found_for: int = _seconds(1, 10 * _YEAR, default=90 * _DAY)
    keep_at_most: int = _seconds(1, 10 * _YEAR, default=2 * _YEAR)
    searches_an_hour: int = _number("searches", 1, 100_000, 60)
    points_a_hit: int = _number("points", 0, 10_000, 0)


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """Who may be contacted, and when (S3.2; law).

    `hours_table`: which dated table of calling hours applies. `house_hours_from` and `house_hours_until` are
    minutes of the recipient's day, Monday to Saturday, where the law names no hours. `calls_a_month` counts
    30 days. `publication_is_request`: who publishes a need asks to be called about it. With
    `distrust_area_codes`, the area code of a North American number says nothing about where its owner is.
    """

    calls_a_day: int = _number("calls", 1, 100, 2)
    calls_a_month: int = _number("calls", 1, 1_000, 4)
    publication_is_request: bool = _switch(True)
    hours_table: str = field(default="2026-11", metadata={"unit": "hours table"})
    house_hours_from: int = _number("time of day", 0, 1_439, 9 * 60)
    house_hours_until: int = _number("time of day", 1, 1_439, 20 * 60)
    distrust_area_codes: bool = _switch(True)


@dataclass(frozen=True, slots=True)
class AdvicePolicy:
    """S3.1 to S3.8: when to call and write; times are minutes of the recipient's day.

    `monday_days`: to how many days later a call on Monday morning is moved. `hour_edge`: how long before and
    after the full hour email is best sent. `answer_time`: how long it is the person's turn to answer.
    """

    business_from: int = _number("time of day", 0, 1_439, 9 * 60)
    lunch_over: int = _number("time of day", 0, 1_439, 13 * 60)
    business_until: int = _number("time of day", 1, 1_439, 17 * 60 + 30)
    evening_from: int = _number("time of day", 0, 1_439, 17 * 60 + 30)
    monday_days: int = _number("days", 0, 6, 2)
    hour_edge: int = _seconds(60, 1_740, default=600)
    answer_time: int = _seconds(1, 30 * _DAY, default=_DAY)


@dataclass(frozen=True, slots=True)
class Policy:
    """One immutable version of all parameters of a market, effective from an instant (UTC)."""

    version: str
    market: str
    effective_from: datetime
    reveal: RevealPolicy
    refund: RefundPolicy
    reminder: ReminderPolicy
    complaint: ComplaintPolicy
    publication: PublicationPolicy
    messages: MessagesPolicy = MessagesPolicy()
    call: CallPolicy = CallPolicy()
    chat: ChatPolicy = ChatPolicy()
    placement: PlacementPolicy = PlacementPolicy()
    smart_data: SmartDataPolicy = SmartDataPolicy()
    contact: ContactPolicy = ContactPolicy()
    advice: AdvicePolicy = AdvicePolicy()

    def __post_init__(self) -> None:
        """Checks every field, and fields against each other, also for a policy not made from parameters."""
        label("version", self.version)
        label("market", self.market)
        if not isinstance(self.effective_from, datetime) or self.effective_from.utcoffset() is None:
            raise PolicyError(
                f"effective_from: {self.effective_from!r} is not an aware datetime; pass one in UTC"
            )
        object.__setattr__(self, "effective_from", self.effective_from.astimezone(UTC))
        for name, kind in _areas(type(self)).items():
            check_area(name, kind, getattr(self, name))
        if self.reminder.review_reminder_after >= self.reveal.reveal_after:
            found: Mapping[str, str | int] = {
                "path": "reminder.review_reminder_after",
                "value": self.reminder.review_reminder_after,
                "other": "reveal.reveal_after",
                "limit": self.reveal.reveal_after,
            }
            raise PolicyError(ParameterProblem(ProblemKind.REMINDER_TOO_LATE, found))
        self._check_order("contact", "house_hours_from", "house_hours_until")
        self._check_order("advice", "business_from", "lunch_over")
        self._check_order("advice", "lunch_over", "business_until")
        self._check_order("smart_data", "keep_found_for", "keep_at_most")

    def _check_order(self, area: str, first: str, second: str) -> None:
        values = getattr(self, area)
        low, high = getattr(values, first), getattr(values, second)
        if low >= high:
            found = {"path": f"{area}.{first}", "value": low, "other": f"{area}.{second}", "limit": high}
            raise PolicyError(ParameterProblem(ProblemKind.NOT_LESS, found))

    @classmethod
    def from_parameters(
        cls, *, version: str, market: str, effective_from: datetime, parameters: Mapping[str, object]
    ) -> "Policy":
        """A policy from JSON values: `{"reveal": {"reveal_after": 172800}, ...}`, with every area and field.

        Only fields with a default may be omitted, so that versions stored before the field existed stay
        readable. Raises PolicyError with the path of the field and the remedy.
        """
        areas = _areas(cls)
        for name in parameters:
            if name not in areas:
                unknown = {"path": name, "known": ", ".join(areas)}
                raise PolicyError(ParameterProblem(ProblemKind.UNKNOWN_AREA, unknown))
        return cls(
            version=version,
            market=market,
            effective_from=effective_from,
            **{name: read_area(name, kind, parameters.get(name, {})) for name, kind in areas.items()},
        )

    @classmethod
    def unpublished(
        cls, parameters: Mapping[str, object], *, version: str = "draft", market: str = "draft"
    ) -> "Policy":
        """A policy of parameters that no market has, such as a draft's, in force at any time.

        Raises PolicyError as `from_parameters`.
        """
        return cls.from_parameters(
            version=version,
            market=market,
            effective_from=datetime.min.replace(tzinfo=UTC),
            parameters=parameters,
        )

    @classmethod
    def problems(cls, parameters: Mapping[str, object]) -> list[ParameterProblem]:
        """All that is wrong with the parameters of a draft, each beginning with the path of the field.

        Fields are compared with each other if nothing else is wrong; the first problem of these is returned.
        """
        areas = _areas(cls)
        problems = [
            ParameterProblem(ProblemKind.UNKNOWN_AREA, {"path": name[:40], "known": ", ".join(areas)})
            for name in parameters
            if name not in areas
        ]
        for name, kind in areas.items():
            problems += area_problems(name, kind, parameters.get(name, {}))
        if not problems:
            try:
                cls.unpublished(parameters)
            except PolicyError as error:
                if error.problem is None:
                    raise
                problems.append(error.problem)
        return problems

    @classmethod
    def parameter_fields(cls) -> list[ParameterField]:
        """Every number and switch with its unit and bounds, in the order of the areas."""
        return [one for name, kind in _areas(cls).items() for one in area_fields(name, kind)]

    def parameters(self) -> dict[str, dict[str, int | bool | str]]:
        """The JSON values from which `from_parameters` makes an equal policy."""
        return {name: asdict(getattr(self, name)) for name in _areas(type(self))}

    def words(self) -> dict[str, str]:
        """What each placeholder means: `{"reveal_after": "48 hours", ...}`; names are unique."""
        return {
            f.name: self._said(getattr(getattr(self, area), f.name), f.metadata["unit"])
            for area in _areas(type(self))
            for f in fields(getattr(self, area))
        }

    def _said(self, value: object, unit: str) -> str:
        seconds = self.complaint.shortened(value) if isinstance(value, int) and unit == "days" else None
        return quantity(value, unit) if seconds is None else humanly(seconds)


_HEAD = frozenset({"version", "market", "effective_from"})


def _areas(policy: type[Policy]) -> dict[str, type]:
    return {name: kind for name, kind in get_type_hints(policy).items() if name not in _HEAD}
