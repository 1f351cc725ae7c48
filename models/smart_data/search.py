"""Start of a search by a user (S2.5), and of a refresh after the email address was checked (S2.8)."""

from dataclasses import dataclass
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import earlier_answer, first_answer
from models.base.ids import new_id
from models.base.refusal import Points
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contact_data import InvalidEmail, parse_email
from models.feed.journal import Journal
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from models.ledger.refusals import PointsRefusal
from models.outside.sources.source import LookUp
from models.process.wake import Wake
from models.smart_data.context import SmartDataContext
from models.smart_data.deadlines import search_end
from models.smart_data.facts import HOUR, LookUpTarget, Searches, decide_search
from models.smart_data.locked_settings import lock_settings
from models.smart_data.refusals import SmartDataRefusal
from models.smart_data.state import Asked, SmartDataView, read_states
from models.smart_data.targets import asked_of, organisation_cases, target_of_lead
from rules import Decision
from rules.smart_data.smart_data_access import OPEN
from rules.smart_data.smart_data_search import SEARCH as ALLOWED
from rules.smart_data.smart_data_search import SHOW, WAIT, SearchAct

_ACTION = "look up contacts"


@dataclass(frozen=True, slots=True)
class Given:
    """What a user looks up, exactly one of the two; `checked_email` of a refresh, as the user has read it."""

    lead_id: UUID | None
    organisation_id: UUID | None
    checked_email: str | None = None

    def one(self) -> None:
        """Raise `Refusal` INVALID unless exactly one is given."""
        if (self.lead_id is None) is (self.organisation_id is None):
            fields = "leadId, organisationId"
            raise SmartDataRefusal.ONE_TARGET.at("leadId", fields=fields)

    @property
    def field(self) -> str:
        """The input field that names what is looked up."""
        return "organisationId" if self.lead_id is None else "leadId"


async def start_search(
    viewer: Viewer, wake: Wake, context: SmartDataContext, given: Given, idempotency_key: str
) -> UUID:
    """Ask for a search, once per key; return its id, or that of the search that is under way or found it.

    Raises `Refusal`: NOT_FOUND, REFUSED_BY_RULE for a hidden contact and if a rule refuses the search,
    INSUFFICIENT_POINTS, IDEMPOTENCY_CONFLICT.
    """
    return await _ask(viewer, wake, context, given, idempotency_key, "smartDataSearch")


async def refresh(
    viewer: Viewer, wake: Wake, context: SmartDataContext, given: Given, idempotency_key: str
) -> UUID:
    """Like `start_search`, for what was found before. Of a person, the checked address has to be the stored
    one: raises `Refusal` STALE_VERSION if it is not.
    """
    return await _ask(viewer, wake, context, given, idempotency_key, "smartDataRefresh")


async def _ask(
    viewer: Viewer, wake: Wake, context: SmartDataContext, given: Given, key: str, operation: str
) -> UUID:
    account_id = acting_vendor(viewer, _ACTION)
    given.one()
    request: dict[str, object] = {
        "leadId": str(given.lead_id),
        "organisationId": str(given.organisation_id),
        # A keyed hash, because requests are kept.
        "checkedEmail": given.checked_email and context.key(LookUp.PERSON, given.checked_email),
    }
    async with transaction() as conn:
        earlier = await earlier_answer(conn, scope=account_id, operation=operation, key=key, given=request)
        if earlier is not None:
            return earlier
        await lock_settings(conn, account_id)  # the account's searches start one after the other
        target, view = await _find(conn, context, viewer, account_id, given)
        act = SearchAct.SEARCH
        if operation == "smartDataRefresh":
            act = await _act(conn, given)
        now = await database_now(conn)
        searches = await _searches(conn, account_id, view.policy.smart_data.searches_an_hour)
        decision = decide_search(view.known, act, view.policy, searches)
        search_id = new_id()
        answer = _known_answer(view, decision) or search_id
        if decision.verdict not in {ALLOWED, WAIT, SHOW}:
            raise SmartDataRefusal.SEARCH_REFUSED.at(given.field, decision=decision)
        earlier = await first_answer(
            conn, scope=account_id, operation=operation, key=key, given=request, result=answer, now=now
        )
        if earlier is not None or answer != search_id:
            return earlier or answer
        await _check_points(conn, account_id, view.policy.smart_data.points_a_hit)
        journal = Journal(now, viewer.user_id)
        await _write(conn, journal, viewer, account_id, target, view, act, decision, search_id)
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    await wake.look_up(search_id)
    return search_id


def _known_answer(view: SmartDataView, decision: Decision) -> UUID | None:
    """Return the search that is under way, or the one that found what is shown."""
    if decision.verdict is WAIT:
        return view.running_id
    if decision.verdict is SHOW:
        current = [field for field in view.fields if not field.removed]
        return max(current, key=lambda field: field.found_at).search_id if current else view.last_id
    return None


async def _find(
    conn: Connection, context: SmartDataContext, viewer: Viewer, account_id: UUID, given: Given
) -> tuple[LookUpTarget, SmartDataView]:
    """Return what is looked up, and its state under the lock of the account's settings."""
    asked = await _asked(conn, context, viewer, account_id, given)
    view = (await read_states(conn, context, account_id, [asked]))[asked.target.id]
    if view.access.verdict is not OPEN:
        raise SmartDataRefusal.SMART_DATA_HIDDEN.at(given.field, decision=view.access)
    return asked.target, view


async def _asked(
    conn: Connection, context: SmartDataContext, viewer: Viewer, account_id: UUID, given: Given
) -> Asked:
    if given.organisation_id is not None:
        cases = await organisation_cases(conn, context, account_id, [given.organisation_id])
        case = cases.get(given.organisation_id)
        asked = asked_of(context, case) if case is not None else None
        if asked is None:
            raise SmartDataRefusal.ORGANISATION_NOT_FOUND.at("organisationId")
        return asked
    lead_id = given.lead_id
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id) if lead_id is not None else None
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    contact = lead.contact
    target = target_of_lead(context, lead.id, None if contact is None else contact.email)
    return Asked(target, visible=contact is not None)


async def _act(conn: Connection, given: Given) -> SearchAct:
    """Return what a refresh is, by the address that the user has checked."""
    if given.lead_id is None:
        return SearchAct.REFRESH
    if given.checked_email is None:
        return SearchAct.REFRESH_UNCHECKED
    try:
        checked = parse_email(given.checked_email)
    except InvalidEmail as error:
        raise error.refusal("checkedEmail") from error
    row = await fetch_one(conn, "SELECT lower(email) AS email FROM contact WHERE lead_id = $1", given.lead_id)
    if row is None or row["email"] != checked.lower():
        raise SmartDataRefusal.ADDRESS_CHANGED.at("checkedEmail")
    return SearchAct.REFRESH


async def _searches(conn: Connection, account_id: UUID, most: int) -> Searches:
    """Return how many searches the account made in the last hour, at most the limit, and the oldest of
    these.
    """
    rows = await fetch(
        conn,
        """SELECT asked_at FROM smart_search
           WHERE account_id = $1 AND asked_at > leadgate_clock() - $2::interval
           ORDER BY asked_at DESC LIMIT $3""",
        account_id,
        HOUR,
        most,
    )
    return Searches(len(rows), rows[-1]["asked_at"]) if rows else Searches()


async def _check_points(conn: Connection, account_id: UUID, cost: int) -> None:
    """Refuse a search that the account could not pay if it finds something."""
    if not cost:
        return
    row = await fetch_one(
        conn, "SELECT available FROM balance WHERE account_id = $1 AND unit = 'POINTS'", account_id
    )
    available = row["available"] if row else 0
    if available < cost:
        raise PointsRefusal.INSUFFICIENT_POINTS.at(cost=Points(cost), available=Points(available))


async def _write(
    conn: Connection,
    journal: Journal,
    viewer: Viewer,
    account_id: UUID,
    target: LookUpTarget,
    view: SmartDataView,
    act: SearchAct,
    decision: Decision,
    search_id: UUID,
) -> None:
    rows = await fetch(
        conn,
        """INSERT INTO smart_subject (id, account_id, kind, key_hmac, lead_id, prospect_id, organisation_id)
           SELECT $1, $2, $3::text, $4, lead.id, CASE WHEN $3 = 'PERSON' THEN lead.prospect_id END,
                  $6::uuid FROM lead WHERE lead.id = $5
           ON CONFLICT (account_id, kind, key_hmac) DO UPDATE SET lead_id = EXCLUDED.lead_id,
               prospect_id = EXCLUDED.prospect_id, organisation_id = EXCLUDED.organisation_id
           RETURNING id""",
        new_id(),
        account_id,
        target.kind,
        target.key,
        target.lead_id,
        target.id if target.kind is LookUp.ORGANISATION else None,
    )
    await fetch(
        conn,
        """INSERT INTO smart_search (id, subject_id, account_id, lead_id, policy_id, act, asked_by_id,
                                     asked_at, decision_id, state, outcomes, found, points)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'RUNNING', '{}', 0, 0)""",
        search_id,
        rows[0]["id"],
        account_id,
        target.lead_id,
        view.policy_id,
        act,
        viewer.user_id,
        journal.now,
        journal.record(search_id, decision),
    )
    journal.deadlines += search_end(search_id, view.policy, journal.now)
