"""What waits for Oscar: a complaint of Vera's that no rule can decide, a notice that its recipient's address
refuses, and the report of a first reconciliation.

The leads are in the market with real hours, so that the complaint waits for days.
"""

from datetime import UTC, datetime
from uuid import UUID

from models.accounts.purchase_points import purchase_points
from models.base.database import connection, fetch_one
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.complaints.case import ItemDraft
from models.complaints.evidence.checks import build_checks
from models.complaints.submit import file_complaint
from models.contact_data.channel import Channel
from models.deliveries.deliver import deliver_lead
from models.leads.publish import ContactInput, LeadInput, publish
from models.leads.tables import LeadSource
from models.messages.channels.mail_file import REFUSING_DOMAIN
from models.process.wake import Silence
from models.reconciliation import reconcile_since
from rules.complaint import ComplaintReason
from rules.visibility import DeliveryKind

POINTS = 10  # Vera gets them in addition to those of every vendor
EXPLANATION = "A hairdresser answers and has had this number for two years. Nobody there knows the company."
DISPUTED_LEAD = LeadInput(
    title="A timetable for eleven drivers",
    brief="Parcels in four districts, mornings only. It has to work on the drivers' own phones.",
    category="Software",
    country="DE",
    city="Potsdam",
    market="default",
    source=LeadSource.REGISTRATION,
    contact=ContactInput(
        full_name="Henrike Zollner",
        organisation="Zollner Parcels (demo)",
        email="henrike@zollner.example",
        phone="+49 30 23125 151",
        preferred_channel=Channel.PHONE,
    ),
)
UNREACHABLE_LEAD = LeadInput(
    title="A signpost for a nature trail",
    brief="Nine stations, weatherproof, with a map that children can read.",
    category="Signs",
    country="DE",
    city="Eberswalde",
    market="default",
    source=LeadSource.REGISTRATION,
    contact=ContactInput(
        full_name="Albrecht Finowsky",
        organisation="Waldpfad (demo)",
        email=f"albrecht@{REFUSING_DOMAIN}",
        phone="+49 30 23125 152",
        preferred_channel=Channel.PHONE,
    ),
)


async def leave_work(operator: Viewer, vendor: Viewer) -> None:
    """Deliver both leads to the vendor, have the vendor complain about one, and reconcile, each once."""
    if vendor.account_id is None:
        raise LookupError("the demo's vendor has no account")
    await purchase_points(
        operator,
        Silence(),
        account_id=vendor.account_id,
        points=POINTS,
        idempotency_key=f"seed:work:{vendor.account_id}",
    )
    delivery_id = await _deliver(operator, vendor.account_id, DISPUTED_LEAD, POINTS)
    await _deliver(operator, vendor.account_id, UNREACHABLE_LEAD, 0)
    await _complain(vendor, delivery_id)
    if await fetch_one(connection(), "SELECT FROM reconciliation_run LIMIT 1") is None:
        await reconcile_since()


async def _deliver(operator: Viewer, account_id: UUID, lead: LeadInput, points: int) -> UUID:
    sql = """SELECT lead.id, delivery.id AS delivery_id FROM lead
             LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $2
             WHERE lead.title = $1 ORDER BY delivery.id LIMIT 1"""
    found = await fetch_one(connection(), sql, lead.title, account_id)
    delivered: UUID | None = None if found is None else found["delivery_id"]
    if delivered is not None:
        return delivered
    lead_id: UUID = found["id"] if found is not None else await publish(operator, lead)
    return await deliver_lead(
        operator,
        Silence(),
        lead_id=lead_id,
        account_id=account_id,
        kind=DeliveryKind.RECORD,
        points=points,
        idempotency_key=f"seed:{lead_id}",
    )


async def _complain(vendor: Viewer, delivery_id: UUID) -> None:
    """File the complaint, unless one about this delivery was filed before."""
    sql = "SELECT FROM complaint_item WHERE delivery_id = $1 LIMIT 1"
    if await fetch_one(connection(), sql, delivery_id) is not None:
        return
    draft = ItemDraft(new_id(), delivery_id, ComplaintReason.NUMBER_OF_ANOTHER_PERSON, EXPLANATION)
    await file_complaint(
        vendor,
        Silence(),
        build_checks(lambda: datetime.now(UTC)),
        drafts=[draft],
        idempotency_key=f"seed:{delivery_id}",
        given={},
    )
