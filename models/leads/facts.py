"""The facts of a case for the rules: a lead with one vendor's application or delivery, in Python and as SQL.

Both forms are side by side, and a test compares them on random rows. The SQL is for a statement that binds
`lead`, `prospect`, `application` and `delivery`, the last two possibly by outer joins.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from models.leads.state import CLOSED
from rules import Policy, decide
from rules.refund import MeetingStatement, RefundFacts
from rules.review_reminder import ReviewReminderFacts
from rules.visibility import Basis, Closed, DeliveryKind, Response, ViewerKind, VisibilityFacts, visibility

_ANY = datetime(2020, 1, 1, tzinfo=UTC)  # any instant: periods are elapsed time


class ApplicationStatus(StrEnum):
    """The status of an application by the clock, independent of whether a worker has run.

    REVEALED: revealed because nobody answered. ENDED: ended without an answer, because the person can no
    longer be contacted.
    """

    PENDING = "PENDING"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REVEALED = "REVEALED"
    ENDED = "ENDED"


def response_of(accepted_at: datetime | None, declined_at: datetime | None) -> Response:
    """Return the prospect's answer in the terms of the rules; declining after accepting is a withdrawal."""
    if declined_at is not None:
        return Response.WITHDRAWN if accepted_at is not None else Response.DECLINED
    return Response.ACCEPTED if accepted_at is not None else Response.NONE


_RESPONSE = """CASE WHEN application.declined_at IS NOT NULL AND application.accepted_at IS NOT NULL
             THEN 'WITHDRAWN'
        WHEN application.declined_at IS NOT NULL THEN 'DECLINED'
        WHEN application.accepted_at IS NOT NULL THEN 'ACCEPTED' ELSE 'NONE' END"""


def whole_seconds(later: datetime, earlier: datetime) -> int:
    """Return the difference in whole seconds, floored, as the rules count them."""
    age = later - earlier
    return age.days * 86_400 + age.seconds  # what `// timedelta(seconds=1)` is, in a third of the time


# By the text in the database: calling an enum takes several times as long.
_BASES = {one.value: one for one in Basis}
_CLOSED = {None: Closed.NO} | {one.value: one for one in Closed}
_UNANSWERED = Response.NONE  # looking up a member of an enum takes longer than the rest
_APPLIED_FOR = DeliveryKind.APPLICATION.value
_BY_APPLYING, _UNRELATED = Basis.APPLICATION, Basis.NONE


def basis_of(delivered: str | None, *, applied: bool) -> Basis:
    """Return why a vendor could see the contact: the kind of its delivery, else its application."""
    if delivered is not None and delivered != _APPLIED_FOR:
        return _BASES[delivered]
    return _BY_APPLYING if applied else _UNRELATED


_BASIS = """CASE WHEN delivery.kind IN ('LEAD_CLUB', 'RECORD') THEN delivery.kind
        WHEN application.id IS NOT NULL THEN 'APPLICATION' ELSE 'NONE' END"""


def closed_of(closed: str | None, erased_at: datetime | None) -> Closed:
    """Return what closes the contact data: an erasure, or the value of `CLOSED` in `models.leads.state`."""
    return _CLOSED[closed] if erased_at is None else Closed.ERASED


CLOSED_FACT = f"CASE WHEN prospect.erased_at IS NOT NULL THEN 'ERASED' ELSE coalesce({CLOSED}, 'NO') END"


def visibility_facts(
    viewer: ViewerKind,
    basis: Basis,
    closed: Closed,
    now: datetime,
    received_at: datetime | None = None,
    accepted_at: datetime | None = None,
    declined_at: datetime | None = None,
) -> VisibilityFacts:
    """Return the facts of S1.1 to S1.4; without an application (`received_at`) nothing is pending."""
    return VisibilityFacts(
        *visibility_values(viewer, basis, closed, now, received_at, accepted_at, declined_at)
    )


def visibility_values(
    viewer: ViewerKind,
    basis: Basis,
    closed: Closed,
    now: datetime,
    received_at: datetime | None,
    accepted_at: datetime | None,
    declined_at: datetime | None,
) -> tuple[ViewerKind, Basis, Response, datetime, int, Closed]:
    """Return the same facts as values, in the order of the fields of `VisibilityFacts`."""
    answered_at = declined_at or accepted_at
    if answered_at is None:
        return viewer, basis, _UNANSWERED, received_at or now, 0, closed
    response = response_of(accepted_at, declined_at)
    if received_at is None:
        return viewer, basis, response, now, 0, closed
    return viewer, basis, response, received_at, whole_seconds(answered_at, received_at), closed


# `viewer` is fixed for each kind of row. Leads of erased persons are not listed, so ERASED is left out.
VISIBILITY_SQL: Mapping[str, str | bool | int] = {
    "basis": _BASIS,
    "response": _RESPONSE,
    "waited": "application.received_at",
    "responded_after": """coalesce(floor(extract(epoch FROM coalesce(application.declined_at,
        application.accepted_at) - application.received_at))::bigint, 0)""",
    "closed": f"coalesce({CLOSED}, 'NO')",
}
# The same facts where the viewer's account has neither applied for a lead nor received it.
NO_CASE_SQL: Mapping[str, str | bool | int] = {
    "basis": Basis.NONE,
    "response": Response.NONE,
    "waited": "application.received_at",
    "responded_after": 0,
    "closed": Closed.NO,
}


def opens_at(policy: Policy, received_at: datetime) -> datetime | None:
    """Return when the contact data is revealed if nobody answers; None if the rules set no time."""
    waiting = visibility_facts(ViewerKind.VENDOR, Basis.APPLICATION, Closed.NO, received_at, received_at)
    return decide(visibility, policy, waiting, received_at).changes_at


def time_to_answer(policy: Policy) -> timedelta | None:
    """Return how long nobody must answer until the contact data is revealed: hours are elapsed hours."""
    at = opens_at(policy, _ANY)
    return None if at is None else at - _ANY


def refund_facts(
    *,
    received_at: datetime,
    accepted_at: datetime | None,
    declined_at: datetime | None,
    ended_at: datetime | None,
    meeting_at: datetime | None,
    statement: str,
    both_joined: bool,
    call_seconds: int,
) -> RefundFacts:
    """Return the facts of S1.9."""
    answered_at = declined_at or accepted_at
    return RefundFacts(
        response=response_of(accepted_at, declined_at),
        ended=ended_at is not None,
        responded_after=0 if answered_at is None else whole_seconds(answered_at, received_at),
        meeting_known=meeting_at is not None,
        answered_after_meeting=whole_seconds(answered_at, meeting_at) if answered_at and meeting_at else 0,
        statement=MeetingStatement(statement),
        both_joined=both_joined,
        call_seconds=call_seconds,
    )


def reminder_facts(
    received_at: datetime, response: Response, reviewed_at: datetime | None, as_of: datetime
) -> ReviewReminderFacts:
    """Return the facts of S1.10 as they were at a given time."""
    return ReviewReminderFacts(
        response=response, opened=reviewed_at is not None and reviewed_at <= as_of, waited=received_at
    )


def is_unsettled(
    accepted_at: datetime | None,
    declined_at: datetime | None,
    ended_at: datetime | None,
    revealed_at: datetime | None,
) -> bool:
    """Whether only a missing answer could have revealed it: not answered, ended or revealed by a worker."""
    return accepted_at is None and declined_at is None and ended_at is None and revealed_at is None


UNSETTLED = """(application.accepted_at IS NULL AND application.declined_at IS NULL
    AND application.ended_at IS NULL AND application.revealed_at IS NULL)"""
# As indexed. A reveal without an answer changes nothing here, so that it writes no index.
ANSWERED_AT = "coalesce(application.declined_at, application.accepted_at, application.ended_at)"


def longest_answer(policies: Collection[Policy]) -> timedelta:
    """Return the longest time to answer of these policies; what opened earlier is no longer waiting."""
    times = [time for policy in policies if (time := time_to_answer(policy)) is not None]
    return max(times, default=timedelta())


def status_of(
    accepted_at: datetime | None, declined_at: datetime | None, ended_at: datetime | None, *, revealed: bool
) -> ApplicationStatus:
    """Return an application's status; `revealed` is whether nobody answered in time."""
    if declined_at is not None:
        return ApplicationStatus.DECLINED
    if accepted_at is not None:
        return ApplicationStatus.ACCEPTED
    if ended_at is not None:
        return ApplicationStatus.ENDED
    return ApplicationStatus.REVEALED if revealed else ApplicationStatus.PENDING


def status_sql(status: ApplicationStatus, revealed: str) -> str:
    """Return the condition of a status; `revealed` is the condition that nobody answered in time."""
    answered = "application.declined_at IS NULL AND application.accepted_at IS NULL"
    waits = f"{answered} AND application.ended_at IS NULL"
    return {
        ApplicationStatus.DECLINED: "(application.declined_at IS NOT NULL)",
        ApplicationStatus.ACCEPTED: (
            "(application.declined_at IS NULL AND application.accepted_at IS NOT NULL)"
        ),
        ApplicationStatus.ENDED: f"({answered} AND application.ended_at IS NOT NULL)",
        ApplicationStatus.REVEALED: f"({waits} AND {revealed})",
        ApplicationStatus.PENDING: f"({waits} AND NOT {revealed})",
    }[status]
