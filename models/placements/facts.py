"""The facts of placed messages: an application or a complaint, as one viewer sees it; and the rule in SQL.

An application's state is that of the decision on its visibility, as of the same instant: what is shown agrees
with whether the contact data is visible, also while somebody is answering.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from models.base.viewer import Viewer
from models.complaints.list import ComplaintView
from models.deliveries.complaint_window import complaint_until
from models.leads.facts import ApplicationStatus
from models.leads.views import ApplicationView
from rules import Ruleset
from rules.placements.complaint_placement import (
    ComplaintPlacementFacts,
    ComplaintState,
    WaitingFor,
    complaint_placement,
)
from rules.placements.placement import ApplicationState, MeetingTime, PlacementFacts, placement
from rules.placements.terms import Audience, Placement

_OPEN = {
    ApplicationStatus.ACCEPTED: ApplicationState.ACCEPTED,
    ApplicationStatus.DECLINED: ApplicationState.DECLINED_LATE,
    ApplicationStatus.ENDED: ApplicationState.CLOSED,
}
# By the rule of `rules.visibility` that decided. It decides nothing if its evaluators disagree.
_STATES: Mapping[str, ApplicationState] = {
    "prospect_accepted": ApplicationState.ACCEPTED,
    "still_waiting": ApplicationState.UNANSWERED,
    "revealed_by_silence": ApplicationState.UNANSWERED,
    "declined_in_time": ApplicationState.DECLINED_IN_TIME,
    "declined_late": ApplicationState.DECLINED_LATE,
    "acceptance_withdrawn": ApplicationState.WITHDRAWN,
    "person_erased": ApplicationState.CLOSED,
    "no_consent_upheld": ApplicationState.CLOSED,
    "contact_stopped": ApplicationState.CLOSED,
}


class Asked(NamedTuple):
    """What is asked of the rules about an application or a complaint, for one viewer and place."""

    rules: Ruleset[Any]
    facts: Any  # of the ruleset
    at: datetime


def asked_of(subject: ApplicationView | ComplaintView, viewer: Viewer, place: Placement) -> Asked | None:
    """Return the rules, the facts and the instant.

    None if the viewer has no side, or if it is not certain whether the contact data is visible.
    """
    audience = _audience_of(viewer)
    if audience is None:
        return None
    if isinstance(subject, ComplaintView):
        rules = complaint_placement.for_policy(subject.placing.policy)
        return Asked(rules, _complaint_facts(subject, audience, place), subject.placing.decided_as_of)
    facts = _application_facts(subject, audience, place)
    if facts is None:
        return None
    return Asked(placement.for_policy(subject.policy.policy), facts, subject.visibility.decided_at)


def _audience_of(viewer: Viewer) -> Audience | None:
    """Return the side that the viewer is on; None for those who see neither applications nor complaints."""
    if viewer.operator:
        return Audience.OPERATOR
    if viewer.vendor_id is not None:
        return Audience.VENDOR
    return None if viewer.prospect_id is None else Audience.PROSPECT


def _application_facts(view: ApplicationView, audience: Audience, place: Placement) -> PlacementFacts | None:
    """Return the facts of an application; None if it is not certain whether its contact data is visible."""
    decision = view.visibility
    state = _STATES.get(decision.rule_id)
    if state is None:
        if decision.rule_id != "delivered":
            return None
        state = _OPEN.get(view.status, ApplicationState.UNANSWERED)
    settled = view.answered_at or view.ended_at or view.revealed_at or decision.changes_at
    began = view.ended_at or view.placing.closed_at if state is ApplicationState.CLOSED else None
    meeting, meeting_at = _meeting(view, audience)
    return PlacementFacts(
        viewer=audience,
        place=place,
        state=state,
        settled=began or settled or view.received_at,
        reviewed=view.reviewed_at is not None,
        meeting=meeting,
        meeting_at=meeting_at or decision.decided_at,
        refunded=view.refunded_at is not None,
        # Facts are shown with the decision, and prospects are not told of complaints.
        complained=audience is Audience.VENDOR and view.placing.complained,
        window=_window(view, settled or view.received_at),
        dismissed=False,
    )


def _window(view: ApplicationView, settled: datetime) -> datetime:
    """Return the end of the complaint window, also if no worker has written the delivery of a reveal yet."""
    if view.placing.window_ends_at is None and view.status is ApplicationStatus.REVEALED:
        return complaint_until(settled, view.policy.policy)
    return view.placing.window_ends_at or settled


def _meeting(view: ApplicationView, audience: Audience) -> tuple[MeetingTime, datetime | None]:
    """Return the latest time that either side named: a proposal that has not begun, else what is agreed."""
    proposed = view.proposed_meeting_at
    if proposed is not None and proposed > view.visibility.decided_at:
        yours = view.placing.proposed_by == audience
        return MeetingTime.PROPOSED_BY_YOU if yours else MeetingTime.PROPOSED_BY_THEM, proposed
    return MeetingTime.NONE if view.meeting_at is None else MeetingTime.AGREED, view.meeting_at


def _complaint_facts(view: ComplaintView, audience: Audience, place: Placement) -> ComplaintPlacementFacts:
    """Return the facts of a complaint."""
    return ComplaintPlacementFacts(
        viewer=audience,
        place=place,
        state=ComplaintState.OPEN if view.decided_at is None else ComplaintState.DECIDED,
        waiting_for=WaitingFor(view.placing.waiting_for),
        due=view.decided_at or view.decide_by,
        dismissed=False,
    )
