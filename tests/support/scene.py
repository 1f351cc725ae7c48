"""One marketplace with every kind of viewer, and a lead in each state that matters to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.chat.send import send_message as send_chat_message
from models.complaints.answer_files import ensure_answers
from models.complaints.case import ItemDraft
from models.complaints.send_message import send_message
from models.complaints.submit import file_complaint
from models.contacting.record_attempt import AttemptInput, record_attempt
from models.contacting.tables import ContactOutcome
from models.leads.contact_access import log_contact_access
from models.messages.devices.target import PushTarget
from models.messages.expand import expand_messages
from models.process.wake import Silence
from models.tables import Account, Contact
from rules.complaint import ComplaintReason
from rules.contacting.terms import Medium
from rules.plan import Plan
from schema.graphql.ids import write_id
from tests.support.api import Api, Client
from tests.support.calls import make_call_set_up, make_finished_call
from tests.support.database import Database
from tests.support.marketplace import (
    START,
    MadeLead,
    Marketplace,
    apply,
    make_lead,
    make_marketplace,
)
from tests.support.phone_systems import make_phone_system_with_an_event
from tests.support.push_service import Browser, make_device
from tests.support.smart_data import FIRM, searched, switch
from tests.support.statements import make_statement
from tests.support.stops import insert_stop
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.trials import make_trial
from tests.support.viewers import Kind, clients_of


@dataclass(frozen=True, slots=True)
class Scene:
    """The clients by kind, and the ids of the objects that they may query.

    The vendor applied for `hidden` (no answer) and for `accepted` (revealed immediately); nobody applied for
    `untouched`. The other vendor applied for `foreign`, the other prospect's lead.
    """

    market: Marketplace
    clients: Mapping[Kind, Client]
    hidden: MadeLead
    accepted: MadeLead
    untouched: MadeLead
    foreign: MadeLead
    hidden_application: UUID
    accepted_application: UUID
    foreign_application: UUID

    @property
    def leads(self) -> tuple[MadeLead, ...]:
        """The ids of all leads."""
        return self.hidden, self.accepted, self.untouched, self.foreign


async def make_scene(database: Database, api: Api) -> Scene:
    """Set the clock to START and create the scene."""
    await database.clock.set(START)
    market = await make_marketplace()
    accepted = await make_lead(market.market, market.prospect, title="Accepted")
    untouched = await make_lead(market.market, market.prospect, title="Untouched")
    foreign = await make_lead(market.market, market.other_prospect, title="Foreign")
    hidden_application = await apply(market.vendor, market.lead)
    accepted_application = await apply(market.vendor, accepted)
    await accept(market.prospect.viewer, Silence(), accepted_application)
    foreign_application = await apply(market.other_vendor, foreign)
    await expand_messages()
    return Scene(
        market,
        await clients_of(api, market),
        market.lead,
        accepted,
        untouched,
        foreign,
        hidden_application,
        accepted_application,
        foreign_application,
    )


async def complain(scene: Scene) -> None:
    """File the vendor's complaint about its delivered contact: rejected immediately, with a question."""
    owner = scene.market.vendor.owner
    delivery = (await fetch(connection(), "SELECT id FROM delivery"))[0]["id"]
    draft = ItemDraft(new_id(), delivery, ComplaintReason.VOICEMAIL, "Nobody is there.", 1)
    filed = await file_complaint(owner, Silence(), (), drafts=[draft], idempotency_key="filed", given={})
    assert filed.complaint_id is not None
    await send_message(owner, Silence(), filed.complaint_id, "Why?", "why")
    await ensure_answers()
    await make_stored_endpoint(scene.market.vendor.id)


async def write_in_chat(scene: Scene) -> None:
    """Let the prospect write a message, with contact data, that the vendor has not read."""
    text = "When can you begin? My number is 0151 23456789."
    prospect = scene.market.prospect.viewer
    await send_chat_message(prospect, Silence(), scene.hidden_application, text, "chat")


async def stop_and_try(scene: Scene) -> dict[str, UUID]:
    """Let the vendor note that the person wants no text messages, and a call; return a node of each type."""
    vendor = scene.market.vendor
    stop_id = await insert_stop(scene.market.prospect.id, medium="SMS", account_id=vendor.id, origin="VENDOR")
    attempt = AttemptInput(scene.accepted.id, Medium.CALL, START, ContactOutcome.NO_ANSWER)
    attempt_id = await record_attempt(vendor.owner, Silence(), attempt, "attempt")
    list_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO opt_out_list (id, name, country, medium, kind, refreshed_at, max_age, entries)
           VALUES ($1, 'Robinson', 'DE', 'CALL', 'ROBINSON', $2, 1000000, 0)""",
        list_id,
        START,
    )
    return {
        "ContactAttempt": attempt_id,
        "ContactStatement": await make_statement(scene.market, scene.accepted.id),
        "DoNotContact": stop_id,
        "OptOutList": list_id,
    }


async def look_up(scene: Scene) -> None:
    """Let the vendor find something about the person who accepted."""
    vendor = scene.market.vendor
    await Account.filter(id=vendor.id).update(plan=Plan.PROFESSIONAL)
    await switch(vendor, on=True)
    await Contact.filter(lead_id=scene.accepted.id).update(email=f"petra@{FIRM}")
    await searched(vendor, scene.accepted)


async def ids_of(scene: Scene) -> dict[str, str]:
    """Return one global id of each node type, of the vendor or of the prospect."""
    await complain(scene)
    await write_in_chat(scene)
    await look_up(scene)
    await make_device(
        scene.market.vendor.owner.user_id, PushTarget("https://push.test/one", **Browser().keys)
    )
    await make_call_set_up(scene.market.operator, scene.market.vendor)
    await make_finished_call(scene.market.agent, scene.market.vendor.owner)
    await make_phone_system_with_an_event(scene.market.operator)
    await log_contact_access(scene.market.operator, {scene.hidden.id})
    rows = {
        "Appointment": "SELECT id FROM appointment",
        "EmployeeCalendar": "SELECT id FROM employee_calendar",
        "ChatMessage": "SELECT id FROM chat_message",
        "Complaint": "SELECT id FROM complaint",
        "ContactLook": "SELECT id FROM contact_access",
        "ComplaintItem": "SELECT id FROM complaint_item",
        "ComplaintMessage": "SELECT id FROM complaint_message",
        "DecisionRecord": "SELECT id FROM decision LIMIT 1",
        "Delivery": "SELECT id FROM delivery",
        "Device": "SELECT id FROM device",
        "Disclosure": "SELECT delivery_id AS id FROM disclosure",
        "Dispatch": f"SELECT id FROM dispatch WHERE user_id = '{scene.market.vendor.owner.user_id}' LIMIT 1",
        "Employee": "SELECT employee_id AS id FROM appointment",
        "FaqEntry": "SELECT id FROM faq_entry",
        "File": "SELECT id FROM stored_file",
        "LedgerEntry": f"SELECT id FROM posting_group WHERE account_id = '{scene.market.vendor.id}' LIMIT 1",
        "WebhookEndpoint": "SELECT id FROM webhook_endpoint",
        "Notification": f"SELECT id FROM feed_event WHERE recipient = '{scene.market.vendor.id}' LIMIT 1",
    }
    rows |= {
        "Call": "SELECT id FROM call",
        "CallNotice": "SELECT id FROM call_notice LIMIT 1",
        "TransferAttempt": "SELECT id FROM transfer_attempt",
        "Secretariat": "SELECT id FROM secretariat",
        "SecretariatChange": "SELECT id FROM secretariat_change LIMIT 1",
        "VipCaller": "SELECT id FROM vip_caller",
        "FoundField": "SELECT id FROM found_field",
        "Organisation": "SELECT id FROM organisation",
        "SmartDataSearch": "SELECT id FROM smart_search",
        "PhoneEvent": "SELECT id FROM phone_event",
        "PhoneSystem": "SELECT id FROM phone_system",
    }
    found = {name: (await fetch(connection(), sql))[0]["id"] for name, sql in rows.items()}
    owner = scene.market.vendor.owner.user_id
    assert owner is not None
    found |= await stop_and_try(scene)
    found["PolicyTrial"] = await make_trial(scene.market)
    found |= {
        "Account": scene.market.vendor.id,
        "Application": scene.hidden_application,
        "Lead": scene.hidden.id,
        "Market": scene.market.market.id,
        "Policy": scene.market.market.policy_id,
        "User": owner,
        "Vendor": scene.market.vendor.id,
        "Viewer": owner,
    }
    return {name: str(write_id(name, row_id)) for name, row_id in found.items()}
