"""The demo's advice: four leads whose contact Vera sees, each with another advice.

Petra prefers a call in two of them, one in Berlin and one in Honolulu, so that at most times of day one may
be called now and the other one later; in the third she prefers email. The person of the fourth was bought
from an aggregator and never asked for offers, so the law of the place forbids contact.
"""

from uuid import UUID

from models.applications.answer import accept
from models.applications.submit import submit
from models.base.database import connection, fetch_one
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.deliveries.deliver import deliver_lead
from models.leads.publish import ContactInput, LeadInput, publish
from models.leads.tables import LeadSource
from models.process.wake import Silence
from rules.visibility import DeliveryKind

INTRODUCTION = "Hello, we would like to hear more about it, in whatever way suits you best."
ADVICE_LEADS = (
    LeadInput(
        title="A stand for a trade fair",
        brief="Twenty square metres, to be seen from afar, used twice a year.",
        category="Trade fairs",
        country="DE",
        city="Berlin",
        fee=0,
        source=LeadSource.ORDER,
        contact=ContactInput(
            full_name="Petra Halloran",
            organisation="Halloran Bakeries (demo)",
            email="petra@halloran.example",
            phone="+49 30 23125 143",
            preferred_channel=Channel.PHONE,
            time_zone="Europe/Berlin",
        ),
    ),
    LeadInput(
        title="A menu for a bakery by the sea",
        brief="Large letters, to be read in the sun, in two languages.",
        category="Printing",
        country="US",
        city="Honolulu",
        currency="USD",
        fee=0,
        source=LeadSource.REGISTRATION,
        contact=ContactInput(
            full_name="Petra Halloran",
            organisation="Halloran Bakeries (demo)",
            email="petra@halloran.example",
            phone="+1 212 555 0177",
            preferred_channel=Channel.PHONE,
            time_zone="Pacific/Honolulu",
        ),
    ),
    LeadInput(
        title="A calculation of the costs of a new oven",
        brief="Gas or electricity, for two hundred loaves a day.",
        category="Energy advice",
        country="DE",
        city="Berlin",
        fee=0,
        source=LeadSource.CALCULATOR,
        contact=ContactInput(
            full_name="Petra Halloran",
            organisation="Halloran Bakeries (demo)",
            email="petra@halloran.example",
            phone="+49 30 23125 144",
            preferred_channel=Channel.EMAIL,
            time_zone="Europe/Berlin",
        ),
    ),
)
BOUGHT_LEAD = LeadInput(
    title="Shelves for a warehouse",
    brief="Six rows, four metres high.",
    category="Warehouses",
    country="DE",
    city="Hamburg",
    fee=0,
    market="default",
    source=LeadSource.AGGREGATOR,
    contact=ContactInput(
        full_name="Jonas Wiebke",
        organisation="Wiebke Lager (demo)",
        email="jonas@wiebke.example",
        phone="+49 30 23125 145",
        preferred_channel=Channel.PHONE,
    ),
)


async def show_advice(operator: Viewer, prospect: Viewer, vendor: Viewer) -> None:
    """Have the vendor apply for the leads, once, and the prospect accept; and deliver the bought one."""
    for lead in ADVICE_LEADS:
        sql = """SELECT lead.id, application.accepted_at FROM lead
                 LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $3
                 WHERE lead.prospect_id = $1 AND lead.title = $2
                 ORDER BY lead.published_at DESC LIMIT 1"""
        found = await fetch_one(connection(), sql, prospect.prospect_id, lead.title, vendor.account_id)
        if found is None or found["accepted_at"] is not None:
            continue
        key = f"seed:{found['id']}"
        application_id = await submit(
            vendor, Silence(), lead_id=found["id"], introduction=INTRODUCTION, idempotency_key=key
        )
        await accept(prospect, Silence(), application_id)
    await _deliver_bought(operator, vendor)


async def _deliver_bought(operator: Viewer, vendor: Viewer) -> None:
    sql = "SELECT id FROM lead WHERE title = $1 AND coalesce(closes_at > leadgate_clock(), true)"
    found = await fetch_one(connection(), sql, BOUGHT_LEAD.title)
    lead_id: UUID = found["id"] if found is not None else await publish(operator, BOUGHT_LEAD)
    if vendor.account_id is None:
        return
    await deliver_lead(
        operator,
        Silence(),
        lead_id=lead_id,
        account_id=vendor.account_id,
        kind=DeliveryKind.RECORD,
        points=0,
        idempotency_key=f"seed:{lead_id}",
    )
