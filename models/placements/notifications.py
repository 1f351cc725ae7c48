"""What a notification asks of its reader now, until when, and whether its state has passed.

A notification tells of an event; the rules of placed messages say what is open now. It is current while one
of the rules decides that it announces. Others only inform: they tell of no such state, or of a delivery.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from models.base.viewer import Viewer
from models.complaints.list import ComplaintView
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import NotificationView
from models.leads.views import ApplicationView
from models.placements.facts import asked_of
from rules import Decision
from rules.placements.placement import MeetingTime
from rules.placements.terms import Placement, Shown


@dataclass(frozen=True, slots=True)
class Announced:
    """The rules that decide while a kind of notification is current, and the place for which they do.

    A kind that is not `about_meeting` is decided as if no time had been named: an application still waits for
    an answer while a time is proposed.
    """

    rules: Collection[str]
    place: Placement = Placement.NOTIFICATION
    about_meeting: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a notification asks now."""

    action: Shown = Shown.INFORM
    until: datetime | None = None
    current: bool = True


_PASSED = Standing(current=False)
_ANSWER = Announced(("notice_to_review", "notice_to_answer"))
_REVEALED = Announced(("notice_to_contact", "notice_after_window"))
ANNOUNCED: Mapping[Kind, Announced] = {
    Kind.APPLICATION_RECEIVED: _ANSWER,
    Kind.REVIEW_REMINDER: _ANSWER,
    Kind.APPLICATION_SUBMITTED: Announced(("notice_to_wait",)),
    Kind.APPLICATION_ACCEPTED: _REVEALED,
    Kind.CONTACT_REVEALED: _REVEALED,
    Kind.CONTACT_DISCLOSED: Announced(("notice_of_acceptance", "notice_of_disclosure")),
    Kind.APPLICATION_DECLINED: Announced(("notice_of_decline", "notice_of_end")),
    Kind.APPLICATION_ENDED: Announced(("notice_of_end", "prospect_left_alone")),
    Kind.MEETING_PROPOSED: Announced(("notice_of_time",), about_meeting=True),
    Kind.MEETING_AGREED: Announced(("notice_of_meeting",), about_meeting=True),
    Kind.COMPLAINT_FILED: Announced(
        (
            "notice_of_wait",
            "notice_of_delay",
            "notice_to_answer_operator",
            "notice_to_decide",
            "notice_of_missed_deadline",
        )
    ),
    Kind.COMPLAINT_DUE: Announced(("notice_to_decide",)),
    Kind.COMPLAINT_OVERDUE: Announced(("notice_of_delay", "notice_of_missed_deadline")),
    Kind.COMPLAINT_DECIDED: Announced(("notice_of_outcome",)),
    Kind.COMPLAINT_MESSAGE: Announced(
        ("operator_asks", "operator_replied", "vendor_wrote"), Placement.SYSTEM_MESSAGE
    ),
}


def standing_of(
    view: NotificationView, subject: ApplicationView | ComplaintView | None, viewer: Viewer
) -> Standing:
    """Return what a notification asks of the viewer now; `subject` is what it is about, if still visible."""
    announced = ANNOUNCED.get(view.event.kind)
    if announced is None or (view.complaint_id is None and view.event.application_id is None):
        return Standing()
    agreed = view.event.kind is Kind.MEETING_AGREED
    decision = None if subject is None else _decide(announced, subject, viewer, agreed=agreed)
    if decision is None or decision.rule_id not in announced.rules:
        return _PASSED
    if announced.about_meeting and isinstance(subject, ApplicationView):
        named = subject.meeting_at if agreed else subject.proposed_meeting_at
        if view.meeting_at != named:
            return _PASSED
    action = Shown(decision.verdict)
    return Standing(Shown.INFORM if action is Shown.NOTHING else action, decision.ends_at)


def _decide(
    announced: Announced, subject: ApplicationView | ComplaintView, viewer: Viewer, *, agreed: bool
) -> Decision | None:
    asked = asked_of(subject, viewer, announced.place)
    if asked is None:
        return None
    rules, facts, at = asked
    if isinstance(subject, ApplicationView):
        if not announced.about_meeting:
            facts = replace(facts, meeting=MeetingTime.NONE)
        elif agreed and subject.meeting_at is not None:
            # An agreed time stands until another one is agreed, whatever is proposed meanwhile.
            facts = replace(facts, meeting=MeetingTime.AGREED, meeting_at=subject.meeting_at)
    return rules.decide(facts, at)
