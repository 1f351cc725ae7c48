"""The demo's chat: Vera has applied for a lead of Petra, who has already written her number.

It is in the market with real hours, so that the number stays hidden for two days.
"""

from uuid import UUID

from models.applications.submit import submit
from models.base.database import connection, fetch_one
from models.base.viewer import Viewer
from models.chat.send import send_message
from models.process.wake import Silence
from models.seed.leads import CHAT_LEAD

INTRODUCTION = (
    "Hello, we are a studio of five and have drawn the signs and bags of three bakeries. We would begin with "
    "a morning in your shop."
)
_MESSAGES = (
    ("prospect", "That sounds good. My number is +49 30 23125 142. Petra Halloran"),
    ("vendor", "Gladly. We see your number once you accept. Which of the three shops comes first?"),
)


async def open_chat(prospect: Viewer, vendor: Viewer) -> None:
    """Apply for the lead, once, and write the messages of both sides."""
    sql = """SELECT lead.id, application.id AS application_id, EXISTS (
                 SELECT FROM chat_message WHERE chat_message.application_id = application.id) AS written
             FROM lead LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $3
             WHERE lead.prospect_id = $1 AND lead.title = $2
             ORDER BY lead.published_at DESC LIMIT 1"""
    lead = await fetch_one(connection(), sql, prospect.prospect_id, CHAT_LEAD.title, vendor.account_id)
    if lead is None or lead["written"]:
        return
    application_id: UUID = lead["application_id"] or await submit(
        vendor,
        Silence(),
        lead_id=lead["id"],
        introduction=INTRODUCTION,
        idempotency_key=f"seed:{lead['id']}",
    )
    writers = {"prospect": prospect, "vendor": vendor}
    for number, (writer, text) in enumerate(_MESSAGES):
        key = f"seed:{application_id}:{number}"
        await send_message(writers[writer], Silence(), application_id, text, key)
