"""What the sides of a complaint are shown, where, and until when (S1.11, S5.9, S5.12)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.placements.terms import Audience, Placement, Shown
from rules.policy import Policy

__all__ = ["ComplaintPlacementFacts", "ComplaintState", "WaitingFor", "complaint_placement"]


class ComplaintState(StrEnum):
    """Whether all items are decided; an OPEN complaint is overdue once its deadline has passed."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"


class WaitingFor(StrEnum):
    """Who has to write or decide next: the latest message asks the other side."""

    NOBODY = "NOBODY"
    VENDOR = "VENDOR"
    OPERATOR = "OPERATOR"


@dataclass(frozen=True, slots=True)
class ComplaintPlacementFacts:
    """The facts that decide what one viewer is shown about one complaint in one place."""

    viewer: Audience
    place: Placement
    state: ComplaintState
    waiting_for: WaitingFor
    due: datetime  # when an OPEN complaint must be decided, or when a DECIDED one was
    dismissed: bool  # this user has dismissed the banner of this rule


NOTHING, INFORM = Shown.NOTHING, Shown.INFORM


@ruleset("complaint_placement", ComplaintPlacementFacts, since=("due",), fail_closed=NOTHING)
def complaint_placement(p: Policy) -> None:  # noqa: PLR0915 - one statement per rule
    """The vendor, then the operators; then where nothing is shown."""
    vendor, operator = m.viewer == Audience.VENDOR, m.viewer == Audience.OPERATOR
    banner, tooltip = m.place == Placement.BANNER, m.place == Placement.TOOLTIP
    message, notice = m.place == Placement.SYSTEM_MESSAGE, m.place == Placement.NOTIFICATION
    opened, decided = m.state == ComplaintState.OPEN, m.state == ComplaintState.DECIDED
    in_time, overdue = m.due < 0, m.due >= 0
    asked = m.waiting_for == WaitingFor.VENDOR
    not_asked = m.waiting_for.among(WaitingFor.NOBODY, WaitingFor.OPERATOR)
    news, old = m.due < p.placement.news_for, m.due >= p.placement.news_for

    # The vendor.
    @rule(Shown.ANSWER, "S5.12", vendor & banner & opened & asked)
    def vendor_asked() -> None:
        """The operator wrote last about the open complaint, and the vendor has not answered."""

    @rule(Shown.WAIT, "S5.9", vendor & banner & ~m.dismissed & opened & not_asked & in_time)
    def decision_awaited() -> None:
        """The complaint has not been decided yet, and the deadline has not passed."""

    @rule(INFORM, "S5.9", vendor & banner & ~m.dismissed & opened & not_asked & overdue)
    def decision_late() -> None:
        """The complaint was not decided in time; operators were alerted."""

    @rule(INFORM, "S5.12", vendor & banner & ~m.dismissed & decided & news)
    def complaint_decided() -> None:
        """All items of the complaint have been decided."""

    @rule(Shown.WAIT, "S5.9", vendor & tooltip & opened & in_time)
    def decided_until() -> None:
        """Each item is decided before the deadline of the complaint."""

    @rule(INFORM, "S5.9", vendor & tooltip & opened & overdue)
    def deadline_missed() -> None:
        """The deadline of the complaint has passed; nothing is decided automatically."""

    @rule(INFORM, "S5.12", vendor & tooltip & decided)
    def outcome_known() -> None:
        """The decisions are in the answer file of the complaint."""

    @rule(Shown.ANSWER, "S5.12", vendor & message & opened & asked)
    def operator_asks() -> None:
        """The operator's latest message has not been answered."""

    @rule(INFORM, "S5.12", vendor & message & opened & not_asked)
    def details_help() -> None:
        """The vendor can add information while the complaint is open."""

    @rule(INFORM, "S5.12", vendor & message & decided & not_asked)
    def questions_welcome() -> None:
        """The vendor can ask about a decided complaint."""

    @rule(INFORM, "S5.12", vendor & message & decided & asked)
    def operator_replied() -> None:
        """The operator has written since the decision."""

    @rule(Shown.ANSWER, "S5.12", vendor & notice & opened & asked)
    def notice_to_answer_operator() -> None:
        """The operator's latest message has not been answered."""

    @rule(Shown.WAIT, "S5.9", vendor & notice & opened & not_asked & in_time)
    def notice_of_wait() -> None:
        """The complaint has not been decided yet."""

    @rule(INFORM, "S5.9", vendor & notice & opened & not_asked & overdue)
    def notice_of_delay() -> None:
        """The complaint was not decided in time."""

    @rule(INFORM, "S5.12", vendor & notice & decided)
    def notice_of_outcome() -> None:
        """All items of the complaint have been decided."""

    # The operators.
    @rule(Shown.DECIDE, "S5.9", operator & banner & opened & in_time & not_asked)
    def decision_needed() -> None:
        """The complaint is waiting for a decision, and the deadline has not passed."""

    @rule(Shown.WAIT, "S5.12", operator & banner & ~m.dismissed & opened & in_time & asked)
    def vendor_answers() -> None:
        """An operator has asked the vendor, who has not answered yet."""

    @rule(Shown.DECIDE, "S5.9", operator & banner & opened & overdue)
    def decision_overdue() -> None:
        """The complaint was not decided in time and is still waiting for a decision."""

    @rule(Shown.DECIDE, "S5.9", operator & tooltip & opened & in_time)
    def deadline_runs() -> None:
        """The complaint must be decided before its deadline."""

    @rule(Shown.DECIDE, "S5.9", operator & tooltip & opened & overdue)
    def deadline_over() -> None:
        """The deadline of the complaint has passed."""

    @rule(INFORM, "S5.12", operator & tooltip & decided)
    def decisions_sent() -> None:
        """The vendor was sent the decisions."""

    @rule(Shown.ANSWER, "S5.12", operator & message & (m.waiting_for == WaitingFor.OPERATOR))
    def vendor_wrote() -> None:
        """The vendor's latest message has not been answered."""

    @rule(Shown.WAIT, "S5.12", operator & message & opened & asked)
    def vendor_has_not_answered() -> None:
        """The operators' latest message has not been answered."""

    @rule(Shown.DECIDE, "S5.9", operator & notice & opened & in_time)
    def notice_to_decide() -> None:
        """The complaint is waiting for a decision."""

    @rule(Shown.DECIDE, "S5.9", operator & notice & opened & overdue)
    def notice_of_missed_deadline() -> None:
        """The complaint was not decided in time."""

    @rule(Shown.ANSWER, "S5.12", operator & notice & decided & (m.waiting_for == WaitingFor.OPERATOR))
    def notice_of_question() -> None:
        """The vendor has asked about the decided complaint."""

    @rule(
        INFORM,
        "S5.12",
        operator & notice & decided & m.waiting_for.among(WaitingFor.NOBODY, WaitingFor.VENDOR),
    )
    def notice_of_decisions() -> None:
        """The complaint has been decided."""

    # Nothing.
    @rule(NOTHING, "S5.12", m.viewer == Audience.PROSPECT)
    def not_told_of_complaints() -> None:
        """Prospects are not told of complaints."""

    @rule(NOTHING, "S5.12", operator & banner & decided)
    def nothing_to_decide() -> None:
        """The complaint has been decided; nothing is left to decide."""

    @rule(
        NOTHING,
        "S5.12",
        operator & message & ((m.waiting_for == WaitingFor.NOBODY) | (decided & asked)),
    )
    def nobody_waits() -> None:
        """Nobody is waiting for a message."""

    @rule(
        NOTHING,
        "S1.11",
        vendor & banner & m.dismissed & ((opened & not_asked) | decided),
        operator & banner & m.dismissed & opened & in_time & asked,
    )
    def banner_dismissed() -> None:
        """The user has dismissed this banner."""

    @rule(NOTHING, "S1.11", vendor & banner & ~m.dismissed & decided & old)
    def no_longer_news() -> None:
        """This has been known for some time, so the banner is no longer shown."""
