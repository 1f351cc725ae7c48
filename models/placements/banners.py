"""The banners of a viewer, the one that ends soonest first: what waits for the viewer, and recent news.

For each state of an application, the database reads the first ones in the order in which their banners end;
the rules then decide, as for the application itself. How long a state's banner lasts is asked of the rules.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.complaints.list import columns as complaint_columns
from models.complaints.list import complaint_views, complaints_of
from models.leads.columns import ALL, WITH, columns, joins, scope
from models.leads.facts import ANSWERED_AT, CLOSED_FACT, UNSETTLED, opens_at
from models.leads.rows import row_views
from models.placements.placed import PlacedView, banner_of
from models.policies.versions import all_policies
from rules import Policy, decide
from rules.placements.placement import ApplicationState, MeetingTime, PlacementFacts, placement
from rules.placements.terms import Audience, Placement

MOST_BANNERS = 20
_FAR = datetime.max.replace(tzinfo=UTC)
_AT = datetime(2020, 1, 1, tzinfo=UTC)  # any instant: periods are elapsed time
_NEWS = PlacementFacts(
    viewer=Audience.VENDOR,
    place=Placement.BANNER,
    state=ApplicationState.CLOSED,
    settled=_AT,
    reviewed=False,
    meeting=MeetingTime.NONE,
    meeting_at=_AT,
    refunded=False,
    complained=False,
    window=_AT,
    dismissed=False,
)

# When the state of an answered, revealed or ended application began.
_SETTLED = """coalesce(application.declined_at, application.accepted_at, application.ended_at,
    application.revealed_at)"""
# The contact data may have been delivered otherwise, before the answer.
_DELIVERED = """LEFT JOIN delivery
    ON delivery.lead_id = application.lead_id AND delivery.account_id = application.account_id"""
_CLOSED = f"""(application.ended_at IS NOT NULL OR EXISTS (
    SELECT FROM lead JOIN prospect ON prospect.id = lead.prospect_id
    {_DELIVERED}
    WHERE lead.id = application.lead_id AND {CLOSED_FACT} <> 'NO'))"""
# Whether the contact data was closed after a delivery or by an erasure, which is news from then on.
_CLOSED_SINCE = f"""EXISTS (SELECT FROM lead JOIN prospect ON prospect.id = lead.prospect_id
    {_DELIVERED}
    WHERE lead.id = application.lead_id AND coalesce(delivery.closed_at, prospect.erased_at) IS NOT NULL)"""
_REFUSED = "application.accepted_at IS NULL AND application.revealed_at IS NULL"


def _asked(side: str) -> str:
    """Return the condition that this side has proposed a time that can still be confirmed."""
    return f"""(application.proposed_by = '{side}' AND application.proposed_meeting_at > {NOW}
        AND application.declined_at IS NULL AND application.ended_at IS NULL AND NOT {_CLOSED})"""


def _not_dismissed(rule: str) -> str:
    """Return the condition that the user has not dismissed the banner of the rule, an SQL expression."""
    return f"""NOT EXISTS (SELECT FROM banner_dismissal AS dismissal WHERE dismissal.user_id = $4::uuid
        AND dismissal.subject = application.id AND dismissal.rule_id = {rule})"""


# The rule of a vendor's banner in a settled state; a test compares it with the rules.
_SETTLED_RULE = f"""CASE WHEN {_CLOSED} THEN 'vendor_contact_closed'
    WHEN application.declined_at IS NULL THEN 'vendor_can_contact'
    WHEN {_REFUSED} THEN 'vendor_declined' ELSE 'vendor_declined_after_reveal' END"""
_SILENT_RULE = f"CASE WHEN {_CLOSED} THEN 'vendor_contact_closed' ELSE 'vendor_can_contact' END"
# For each policy, how long the prospect can answer, and how long something is news.
_PERIODS = "unnest($5::uuid[], $6::interval[], $7::interval[]) AS period (policy_id, answer, news)"


def _first(of: str, ends: str, order: str, conditions: str) -> str:
    """Return the applications of one state, of the vendor and one policy, in the order of an index."""
    return f"""(SELECT found.* FROM {_PERIODS} CROSS JOIN LATERAL (
        SELECT application.id, {ends} AS ends FROM application
        WHERE application.account_id = $1::uuid AND application.policy_id = period.policy_id AND {of}
          AND {conditions} ORDER BY {order} LIMIT $8) AS found)"""


def _closed(closed: str, at: str) -> str:
    """Return the vendor's applications with contact data that was closed lately."""
    return f"""(SELECT application.id, {at} + period.news AS ends FROM {_PERIODS} {closed}
         WHERE application.policy_id = period.policy_id AND application.ended_at IS NULL
         AND {at} > {NOW} - period.news AND {_not_dismissed("'vendor_contact_closed'")}
         ORDER BY ends LIMIT $8)"""


_WAITS_FOR_PROSPECT, _DISCLOSED = _not_dismissed("'vendor_waits'"), _not_dismissed("'prospect_disclosed'")
_ASKED, _ASKED_BY_VENDOR = _asked("PROSPECT"), _asked("VENDOR")
_SILENT_SINCE = f"{NOW} - period.answer"
_UNANSWERED = f"{ANSWERED_AT} IS NULL"
_OF_VENDOR = " UNION ALL ".join(
    (
        f"""(SELECT application.id, application.proposed_meeting_at AS ends FROM application
             WHERE application.account_id = $1::uuid AND {_ASKED}
             ORDER BY application.proposed_meeting_at LIMIT $8)""",
        _first(
            _UNANSWERED,
            "application.received_at + period.answer",
            "application.received_at",
            f"""{UNSETTLED} AND application.received_at > {_SILENT_SINCE} AND NOT {_CLOSED_SINCE}
                AND {_ASKED} IS NOT TRUE AND {_WAITS_FOR_PROSPECT}""",
        ),
        _first(
            _UNANSWERED,  # whether or not a worker has revealed it yet
            "application.received_at + period.answer + period.news",
            "application.received_at",
            f"""application.received_at <= {_SILENT_SINCE}
                AND application.received_at > {_SILENT_SINCE} - period.news AND NOT {_CLOSED_SINCE}
                AND {_ASKED} IS NOT TRUE AND {_not_dismissed(_SILENT_RULE)}""",
        ),
        _first(
            f"{ANSWERED_AT} IS NOT NULL",
            f"{ANSWERED_AT} + period.news",
            ANSWERED_AT,
            f"""{ANSWERED_AT} > {NOW} - period.news
                AND (application.ended_at IS NOT NULL OR NOT {_CLOSED_SINCE})
                AND {_ASKED} IS NOT TRUE AND {_not_dismissed(_SETTLED_RULE)}""",
        ),
        _closed(
            """JOIN delivery ON delivery.account_id = $1::uuid AND delivery.closed_at IS NOT NULL
               JOIN application
                   ON application.lead_id = delivery.lead_id AND application.account_id = delivery.account_id
               JOIN lead ON lead.id = application.lead_id
               JOIN prospect ON prospect.id = lead.prospect_id AND prospect.erased_at IS NULL""",
            "delivery.closed_at",
        ),
        _closed(
            f"""JOIN prospect ON prospect.erased_at > {NOW} - period.news
                JOIN lead ON lead.prospect_id = prospect.id
                JOIN application ON application.lead_id = lead.id AND application.account_id = $1::uuid
                {_DELIVERED}""",
            "least(delivery.closed_at, prospect.erased_at)",
        ),
    )
)
# A prospect has few leads, and all their applications are read.
_SINCE = f"coalesce({_SETTLED}, application.received_at + period.answer)"
_OF_PROSPECT = f"""(SELECT application.id, found.ends FROM lead
        JOIN application ON application.lead_id = lead.id
        JOIN {_PERIODS} ON period.policy_id = application.policy_id
        CROSS JOIN LATERAL (SELECT CASE
            WHEN {UNSETTLED} AND application.received_at > {_SILENT_SINCE}
                THEN application.received_at + period.answer
            WHEN {_ASKED_BY_VENDOR} THEN application.proposed_meeting_at
            WHEN {_SINCE} > {NOW} - period.news AND {_DISCLOSED}
                THEN {_SINCE} + period.news END AS ends) AS found
        WHERE lead.prospect_id = $2::uuid AND application.declined_at IS NULL
          AND application.ended_at IS NULL AND found.ends IS NOT NULL AND NOT {_CLOSED}
        ORDER BY found.ends LIMIT $8)"""


def _periods(policy: Policy) -> tuple[timedelta, timedelta]:
    """Return how long the prospect can answer, and how long a banner of news is shown, by the rules."""
    opens, ends = opens_at(policy, _AT), decide(placement, policy, _NEWS, _AT).ends_at
    return (opens or _FAR) - _AT, (ends or _FAR) - _AT


async def banners(conn: Connection, viewer: Viewer, first: int) -> list[PlacedView]:
    """Return the viewer's banners, at most `first` (at most 20), the one that ends soonest first.

    What is overdue comes first, and what has no end last. Three statements for a vendor, two for a
    prospect, one for an operator; one more if the answer to a due application may be under way.
    """
    size = max(0, min(first, MOST_BANNERS))
    found: list[tuple[datetime, PlacedView]] = []
    policies: dict[UUID, Policy] = {}
    if not viewer.operator and (viewer.vendor_id or viewer.prospect_id) is None:
        return []
    if not viewer.operator:
        policies = await all_policies(conn)
        applications = await _applications(conn, viewer, policies, size)
        found = [(banner.action_until or _FAR, banner) for banner in applications]
    if viewer.operator or viewer.vendor_id is not None:
        found += await _complaints(conn, viewer, policies, size)
    found.sort(key=lambda one: one[0])
    return [banner for _, banner in found[:size]]


async def _applications(
    conn: Connection, viewer: Viewer, policies: dict[UUID, Policy], size: int
) -> list[PlacedView]:
    periods = [_periods(policy) for policy in policies.values()]
    source = _OF_PROSPECT if viewer.vendor_id is None else _OF_VENDOR
    rows = await fetch(
        conn,
        f"""{WITH}, candidate AS (SELECT id FROM ({source}) AS one ORDER BY ends LIMIT $8)
            SELECT {columns(ALL)} FROM candidate JOIN application ON application.id = candidate.id
            JOIN lead ON lead.id = application.lead_id
            LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = application.account_id
            {joins(ALL)}""",
        *scope(viewer),
        list(policies),
        [answer for answer, _ in periods],
        [news for _, news in periods],
        size,
    )
    views = await row_views(conn, rows, viewer)
    placed = (banner_of(view.application, viewer) for view in views if view.application is not None)
    return [banner for banner in placed if banner is not None]


# The rule of the banner of an open complaint if it can be dismissed; a test compares it with the rules.
_OPEN_RULE = {
    Audience.VENDOR: f"""CASE WHEN waiting_for <> 'VENDOR' THEN
        CASE WHEN decide_by <= {NOW} THEN 'decision_late' ELSE 'decision_awaited' END END""",
    Audience.OPERATOR: f"""CASE WHEN waiting_for = 'VENDOR' AND decide_by > {NOW}
        THEN 'vendor_answers' END""",
}


async def _complaints(
    conn: Connection, viewer: Viewer, policies: dict[UUID, Policy], size: int
) -> list[tuple[datetime, PlacedView]]:
    """Return the banners about complaints, with the instants that they are ordered by."""
    statement = complaints_of(viewer)
    select = f"""SELECT {complaint_columns(statement, viewer, placed=True)}
        FROM complaint JOIN account ON account.id = complaint.account_id WHERE {statement.all_conditions()}"""
    most = statement.bind(size, "int")
    rule = _OPEN_RULE[Audience.OPERATOR if viewer.operator else Audience.VENDOR]
    parts = [
        f"""(SELECT * FROM ({select} AND complaint.decided_at IS NULL) AS opened
             WHERE coalesce({rule} <> ALL (dismissed_rules), true) ORDER BY decide_by LIMIT {most})"""
    ]
    if not viewer.operator:  # a decided complaint asks nothing of operators
        ids = statement.bind(list(policies), "uuid[]")
        news = statement.bind([_periods(policy)[1] for policy in policies.values()], "interval[]")
        parts.append(
            f"""(SELECT found.* FROM unnest({ids}, {news}) AS period (policy_id, news) CROSS JOIN LATERAL (
                SELECT * FROM ({select} AND complaint.policy_id = period.policy_id
                               AND complaint.decided_at > {NOW} - period.news) AS decided
                WHERE 'complaint_decided' <> ALL (dismissed_rules)
                ORDER BY decided_at LIMIT {most}) AS found)"""
        )
    rows = await fetch(conn, f"WITH {CLOCK} {' UNION ALL '.join(parts)}", *statement.values)
    return [
        (view.decide_by if view.decided_at is None else banner.action_until or _FAR, banner)
        for view in await complaint_views(conn, rows, placed=True)
        if (banner := banner_of(view, viewer)) is not None
    ]
