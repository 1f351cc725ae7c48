"""What a search is about, as it is now: whether it is still the same person or organisation, and open."""

from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.contact_data.redaction import Redacted
from models.leads.list import leads_by_id
from models.leads.views import LeadView
from models.outside.sources.source import LookUp
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import LookUpTarget
from models.smart_data.state import Asked, SmartDataView, read_states
from models.smart_data.targets import (
    acting_for,
    asked_of,
    domain_of_lead,
    organisation_cases,
    target_of_lead,
)

_SEARCHED = """SELECT search.account_id, search.lead_id, subject.id AS subject_id, subject.kind,
        subject.key_hmac, subject.organisation_id
    FROM smart_search AS search JOIN smart_subject AS subject ON subject.id = search.subject_id
    WHERE search.id = $1"""


@dataclass(frozen=True, slots=True, repr=False)
class Searched(Redacted):
    """The target of a search whose address or domain is still the one that was asked for."""

    account_id: UUID
    subject_id: UUID
    lead: LeadView
    target: LookUpTarget
    domain: str | None
    view: SmartDataView


async def searched_now(conn: Connection, context: SmartDataContext, search_id: UUID) -> Searched | None:
    """Return what a search is about; None if it is gone, hidden, or has another address or domain now."""
    row = await fetch_one(conn, _SEARCHED, search_id)
    if row is None:
        return None
    account_id = row["account_id"]
    if row["kind"] == LookUp.ORGANISATION:
        organisation_id = row["organisation_id"]
        case = (await organisation_cases(conn, context, account_id, [organisation_id])).get(organisation_id)
        asked = None if case is None else asked_of(context, case)
        lead = None if case is None else case.person
    else:
        lead = (await leads_by_id(conn, acting_for(account_id), [row["lead_id"]])).get(row["lead_id"])
        asked = _asked_of_lead(context, lead)
    if lead is None or asked is None or asked.target.key != row["key_hmac"]:
        return None
    view = (await read_states(conn, context, account_id, [asked]))[asked.target.id]
    return Searched(account_id, row["subject_id"], lead, asked.target, domain_of_lead(lead), view)


def _asked_of_lead(context: SmartDataContext, lead: LeadView | None) -> Asked | None:
    if lead is None or lead.contact is None:
        return None
    return Asked(target_of_lead(context, lead.id, lead.contact.email), visible=True)
