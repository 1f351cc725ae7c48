"""Setting a do-not-contact stop: the person and operators for everybody, a vendor for its own company."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch_one, transaction
from models.base.idempotency import check_key, earlier_answer, first_answer
from models.base.viewer import Viewer
from models.contacting.refusals import ContactingRefusal
from models.contacting.stop_contact import StopAct, lock_persons, same_person, stop_contact
from models.contacting.tables import StopOrigin, StopReason
from models.feed.journal import Journal
from models.leads.list import leads_by_id
from models.leads.refusals import LeadRefusal
from models.leads.same_person import keep_others_waiting
from models.process.wake import Wake
from rules.contacting.terms import Medium

_OPERATION = "doNotContactSet"


@dataclass(frozen=True, slots=True)
class StopInput:
    """What somebody asks to stop: of the person of a lead, or of a prospect; `medium` None is all media."""

    lead_id: UUID | None = None
    prospect_id: UUID | None = None
    medium: Medium | None = None
    until: datetime | None = None
    reason: StopReason | None = None

    @property
    def digest(self) -> dict[str, object]:
        """The input as JSON types, for idempotency keys."""
        return {
            "lead": str(self.lead_id),
            "prospect": str(self.prospect_id),
            "medium": self.medium,
            "until": self.until.isoformat() if self.until else None,
            "reason": self.reason,
        }


async def set_stop(viewer: Viewer, wake: Wake, given: StopInput, idempotency_key: str) -> UUID:
    """Set a stop and return its id; one that holds already is returned, with the later of both ends.

    A prospect and an operator stop everybody, a vendor its own company, for a lead whose contact data it
    sees. Raises `Refusal`: FORBIDDEN for other roles and for other people, NOT_FOUND, REFUSED_BY_RULE for
    hidden contact data, INVALID for an end that has passed.
    """
    if viewer.user_id is None or not (viewer.operator or viewer.vendor_id or viewer.prospect_id):
        raise ContactingRefusal.STOP_NOT_FOR_ROLE.at()
    check_key(idempotency_key)
    scope, digest = viewer.user_id, given.digest
    async with transaction() as conn:
        prospect_id = await _person(conn, viewer, given)
        if viewer.vendor_id is None:  # the stop must find each row of the person
            await keep_others_waiting(conn)
        # Asked under the lock that orders these stops, and claimed for the stop that is found or made.
        earlier = await earlier_answer(
            conn, scope=scope, operation=_OPERATION, key=idempotency_key, given=digest
        )
        if earlier is not None:
            return earlier
        journal = Journal(await database_now(conn), viewer.user_id)
        own_users = viewer.prospect_id is None
        persons = await lock_persons(conn, journal, await same_person(conn, prospect_id, own_users=own_users))
        if given.until is not None and given.until <= journal.now:
            raise ContactingRefusal.STOP_END_PASSED.at("until")
        stops = await stop_contact(conn, journal, persons, _act(viewer, given))
        stop_id = stops[prospect_id]
        claimed = await first_answer(
            conn,
            scope=scope,
            operation=_OPERATION,
            key=idempotency_key,
            given=digest,
            result=stop_id,
            now=journal.now,
        )
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return claimed or stop_id


def _act(viewer: Viewer, given: StopInput) -> StopAct:
    if viewer.operator:
        origin = StopOrigin.OPERATOR
    else:
        origin = StopOrigin.PERSON if viewer.vendor_id is None else StopOrigin.VENDOR
    return StopAct(origin, viewer.vendor_id, given.medium, given.until, given.reason)


async def _person(conn: Connection, viewer: Viewer, given: StopInput) -> UUID:
    """Return the prospect that the input is about. Raises `Refusal`."""
    if given.lead_id is not None and given.prospect_id is not None:
        raise ContactingRefusal.PERSON_TWICE.at("leadId")
    if given.lead_id is not None:
        return await _person_of_lead(conn, viewer, given.lead_id)
    if viewer.operator:
        if given.prospect_id is None:
            raise ContactingRefusal.PERSON_MISSING.at("leadId")
        row = await fetch_one(
            conn, "SELECT id FROM prospect WHERE id = $1 AND erased_at IS NULL", given.prospect_id
        )
        if row is None:
            raise LeadRefusal.PROSPECT_NOT_FOUND.at("prospectId")
        return given.prospect_id
    if given.prospect_id is not None and given.prospect_id != viewer.prospect_id:
        raise ContactingRefusal.STOP_FOR_OTHERS.at("prospectId")
    if viewer.prospect_id is None:
        raise ContactingRefusal.PERSON_MISSING.at("leadId")
    return viewer.prospect_id


async def _person_of_lead(conn: Connection, viewer: Viewer, lead_id: UUID) -> UUID:
    lead = (await leads_by_id(conn, viewer, [lead_id])).get(lead_id)
    if lead is None:
        raise LeadRefusal.LEAD_NOT_FOUND.at("leadId")
    if lead.contact is None and not viewer.operator:
        raise ContactingRefusal.CONTACT_HIDDEN.at("leadId", decision=lead.visibility)
    return lead.prospect_id
