"""The demo's history: Petra accepted three of Rafael's applications and withdrew, so he got his points back.

A draft of a policy that does not refund withdrawals, tried on this history, differs from it in points.
"""

from dataclasses import replace

from models.applications.answer import accept, decline
from models.applications.submit import submit
from models.base.database import connection, fetch_one
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.leads.publish import ContactInput, LeadInput, publish
from models.leads.tables import LeadSource
from models.process.wake import Silence

INTRODUCTION = "Hello, we have done this many times and would be glad to help."
DECLINED = "We have decided to wait until next year."


def _past(title: str, brief: str, category: str, number: int) -> LeadInput:
    return LeadInput(
        title=title,
        brief=brief,
        category=category,
        country="DE",
        city="Berlin",
        fee=10,
        market="demo",
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Petra Halloran",
            organisation="Halloran Bakeries (demo)",
            email="petra@halloran.example",
            phone=f"+49 30 23125 {number}",
            preferred_channel=Channel.PHONE,
        ),
    )


HISTORY_LEADS = (
    _past("A delivery van with our name", "White, used, with shelves for bread.", "Vehicles", 147),
    _past("A till for the second shop", "Easy to learn, with a scale.", "Shop fittings", 148),
    _past("Aprons for eleven people", "Dark blue, washable, with our letters.", "Workwear", 149),
)


async def play_history(operator: Viewer, prospect: Viewer, rival: Viewer) -> None:
    """Publish the leads, apply, accept and withdraw, once."""
    for lead in HISTORY_LEADS:
        row = await fetch_one(
            connection(),
            """SELECT lead.id, application.declined_at FROM lead
               LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $3
               WHERE lead.prospect_id = $1 AND lead.title = $2""",
            prospect.prospect_id,
            lead.title,
            rival.account_id,
        )
        if row is not None and row["declined_at"] is not None:
            continue
        if row is None:
            lead_id = await publish(operator, replace(lead, prospect_id=prospect.prospect_id))
        else:
            lead_id = row["id"]
        application_id = await submit(
            rival, Silence(), lead_id=lead_id, introduction=INTRODUCTION, idempotency_key=f"seed:{lead_id}"
        )
        await accept(prospect, Silence(), application_id)
        await decline(prospect, Silence(), application_id, message=DECLINED)
