"""A marketplace with every way to have, or not to have, access to contact data, and who is entitled to what.

Entitlement is computed from the rows in plain Python, independently of the rules.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from models.applications.answer import accept, decline, review
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import ANONYMOUS, Viewer
from models.chat.send import send_message as send_chat_message
from models.complaints.answer_files import ensure_answers
from models.complaints.case import ItemDraft
from models.complaints.create_template import create_template
from models.complaints.file import TemplateFormat
from models.complaints.send_message import send_message
from models.complaints.submit import file_complaint
from models.contact_data.channel import Channel
from models.contacting.import_opt_out_list import ListInput, import_opt_out_list
from models.contacting.read_statements import WordsInput, read_statements
from models.contacting.record_attempt import AttemptInput, record_attempt
from models.contacting.set_profile import ProfileInput, set_profile
from models.contacting.set_stop import StopInput, set_stop
from models.contacting.tables import ContactOutcome, OptOutListKind
from models.deadlines.sweep import sweep
from models.feed.kinds import NotificationGroup
from models.leads.tables import LeadSource
from models.messages.channels.channel import Code, Result
from models.messages.devices.target import PushTarget
from models.messages.parcels import Parcel
from models.process.wake import Silence
from models.tables import Account, Contact, Lead
from rules.complaint import ComplaintReason
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import Medium
from rules.messages.bounce import BounceAbout
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome
from rules.plan import Plan
from tests.leak.company import CALLED, CALLED_LONG_AGO, KEPT, plant_call, plant_company
from tests.leak.finder import Finder, Planted, plant
from tests.support.database import Database
from tests.support.leads import enter_deliveries
from tests.support.marketplace import (
    HOUR,
    START,
    MadeLead,
    MadeMarket,
    MadeProspect,
    MadeVendor,
    apply,
    make_agent,
    make_market,
    make_operator,
    make_prospect,
    make_vendor,
    propose_meeting,
)
from tests.support.messages import ACCEPTED, CONTEXT, FakeChannel, send_all, want_texts
from tests.support.phone_systems import make_phone_system_with_an_event
from tests.support.push_service import Browser, make_device
from tests.support.smart_data import store_find, switch
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.trials import try_answer_time

QUIET = Silence()
REVEAL_AFTER = 48 * HOUR


@dataclass
class Planting:
    """The marketplace, its leads by state, and every kind of viewer."""

    market: MadeMarket
    vendor: MadeVendor
    rival: MadeVendor
    newcomer: MadeVendor
    prospect: MadeProspect
    other_prospect: MadeProspect
    erased: MadeProspect
    operator: Viewer
    agent: Viewer
    leads: dict[str, MadeLead] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    @property
    def viewers(self) -> dict[str, Viewer]:
        """Every viewer, least entitled first."""
        return {
            "anonymous": ANONYMOUS,
            "agent": self.agent,
            "employee": self.vendor.employee,
            "newcomer": self.newcomer.owner,
            "other prospect": self.other_prospect.viewer,
            "erased": self.erased.viewer,
            "rival": self.rival.owner,
            "member": self.vendor.member,
            "owner": self.vendor.owner,
            "prospect": self.prospect.viewer,
            "operator": self.operator,
        }

    @property
    def finder(self) -> Finder:
        """Return a finder of what was planted."""
        return Finder([*self.planted, *KEPT.values()])

    async def add(self, state: str, prospect: MadeProspect) -> MadeLead:
        """Plant one more lead."""
        planted = plant(len(self.planted))
        lead = await Lead.create(
            market_id=self.market.id,
            prospect_id=prospect.id,
            title="Website relaunch",
            brief="We look for a team that renews our website.",
            category="web",
            city="Berlin",
            country="DE",
            budget_min=None,
            budget_max=5_000,
            currency="EUR",
            source=LeadSource.OPPORTUNITY,
            fee=10,
            published_at=START - HOUR,
            closes_at=None,
        )
        await Contact(lead_id=lead.id, preferred_channel=Channel.EMAIL, **planted.sent).save()
        self.planted.append(planted)
        self.leads[state] = MadeLead(lead.id, self.market, prospect, 10)
        return self.leads[state]

    def state(self, number: int) -> str:
        """Return the state of the lead whose values have this number."""
        return "a company's calls" if number in KEPT else list(self.leads)[number]


async def _note_words(made: Planting, lead: MadeLead) -> None:
    """Let the vendor note what the person said, with contact data in it, and what they are like."""
    words = f"Please send me an email: {' '.join(str(value) for value in made.planted[-1].sent.values())}"
    given = WordsInput(lead.id, words[:5_000], START, Medium.CALL)
    await read_statements(made.vendor.owner, QUIET, given, "words")
    profile = ProfileInput(PersonStatus.SENIOR, PersonDays.TRAVELS, PersonTemper.OUTGOING)
    await set_profile(made.vendor.owner, lead.id, profile, expected_version=0)


async def plant_marketplace(database: Database) -> Planting:
    """Plant every state; afterwards the clock is four days after START."""
    await database.clock.set(START)
    made = Planting(
        market=await make_market(),
        vendor=await make_vendor(1_000),
        rival=await make_vendor(1_000, name="Rival Fake Ltd"),
        newcomer=await make_vendor(1_000, name="Newcomer Fake Ltd"),
        prospect=await make_prospect(),
        other_prospect=await make_prospect(),
        erased=await make_prospect(),
        operator=await make_operator(),
        agent=await make_agent(),
    )
    vendor, rival, owner = made.vendor, made.rival, made.prospect
    await plant_company(made.operator, vendor)
    mine = owner.viewer
    await made.add("untouched", owner)
    await made.add("of another prospect", made.other_prospect)
    await apply(vendor, await made.add("revealed", owner))
    late = await apply(vendor, await made.add("declined late", owner))
    await _write_in_chat(made, await apply(vendor, await made.add("no consent", owner)))
    await apply(vendor, await made.add("person erased", made.erased))
    await apply(rival, await made.add("revealed to the rival", owner))
    await database.clock.set(START + REVEAL_AFTER)
    await sweep(QUIET)
    await plant_call(vendor, made.agent, CALLED_LONG_AGO)
    await decline(mine, QUIET, late, message="Too late for me.")
    # From here on no worker runs: only the clock makes due contact data visible.
    due = await apply(vendor, await made.add("due, not swept", owner), meeting_at=START + 200 * HOUR)
    await _write_in_chat(made, due)
    await database.clock.set(START + REVEAL_AFTER + 40 * HOUR)
    waiting = await made.add("waiting", owner)
    await _write_in_chat(made, await apply(vendor, waiting, meeting_at=START + 300 * HOUR))
    await _write_in_chat(made, await apply(rival, waiting))
    await review(mine, QUIET, await apply(vendor, await made.add("reviewed", owner)))
    await apply(vendor, await made.add("waiting at another prospect", made.other_prospect))
    accepted = await apply(vendor, await made.add("accepted", owner))
    await _write_in_chat(made, accepted)
    for side in (mine, vendor.owner):  # one proposes, the other agrees: their chat tells both of it
        await propose_meeting(side, accepted, START + 250 * HOUR)
    await accept(mine, QUIET, accepted)
    await _note_words(made, made.leads["accepted"])
    declined = await apply(vendor, await made.add("declined", owner))
    await _write_in_chat(made, declined)
    await decline(mine, QUIET, declined)
    withdrawn = await apply(vendor, await made.add("withdrawn", owner))
    await accept(mine, QUIET, withdrawn)
    await decline(mine, QUIET, withdrawn, message="We changed our mind.")
    split = await made.add("declined, accepted for the rival", owner)
    await decline(mine, QUIET, await apply(vendor, split))
    await accept(mine, QUIET, await apply(rival, split))
    for state, kind, closed in (
        ("club", "LEAD_CLUB", "NO"),
        ("record", "RECORD", "NO"),
        ("club, no consent", "LEAD_CLUB", "NO_CONSENT"),
        ("record, no consent", "RECORD", "NO_CONSENT"),
    ):
        await _deliver(made, await made.add(state, owner), kind, closed)
    await fetch(
        connection(),
        "UPDATE delivery SET closed = 'NO_CONSENT' WHERE lead_id = $1",
        made.leads["no consent"].id,
    )
    await fetch(
        connection(), "UPDATE prospect SET erased_at = leadgate_clock() WHERE id = $1", made.erased.id
    )
    await database.clock.set(START + 2 * REVEAL_AFTER)
    await _complain(made)
    await plant_call(vendor, made.agent, CALLED)
    await _contact(made)
    for group in (NotificationGroup.APPLICATIONS, NotificationGroup.LEADS):
        await want_texts(vendor.owner.user_id, group)
    await send_all(FakeChannel(_some_refused))
    await send_all(FakeChannel(kind=DispatchChannel.SMS, charged=True))
    await _be_told(made)
    return made


async def _be_told(made: Planting) -> None:
    """Add devices, webhook endpoints, a telephone system, and a trial of a policy on all that was decided."""
    # Longer than today: who was revealed by silence would still wait.
    await try_answer_time(made.operator, made.market.code, seconds=72 * 3_600)
    await make_phone_system_with_an_event(made.operator)
    for viewer in (made.vendor.owner, made.prospect.viewer):
        await make_device(viewer.user_id, PushTarget(f"https://push.test/{new_id()}", **Browser().keys))
    for account_id in (made.vendor.id, made.rival.id, None):
        await make_stored_endpoint(account_id)


async def _find_in_public(made: Planting) -> None:
    """Let the vendor have found something about each person that it applied for or received, with the values
    of their contact: before the contact data was closed, or in states in which nobody could have searched.
    """
    vendor = made.vendor
    await Account.filter(id=vendor.id).update(plan=Plan.PROFESSIONAL)
    await switch(vendor, on=True)
    for lead, planted in zip(made.leads.values(), made.planted, strict=True):
        await store_find(vendor, lead, planted.values["email"], planted.values["full_name"])


async def _write_in_chat(made: Planting, application_id: UUID) -> None:
    """Let both sides write: the prospect with the values of the last lead, plain, divided and disguised."""
    values = made.planted[-1].values
    local, _, domain = values["email"].partition("@")
    prospect, digits = made.prospect.viewer, values["phone"]
    texts = (
        f"I am {values['full_name']} of {values['organisation']}, {values['email']}, {digits}.",
        f"Or {values['other_email']}, {values['other_phone']}, {values['linkedin_url']}",
        f"Registered as {values['registration_number']}",
        f"Disguised: {local} (at) {domain.replace('.', ' dot ')}",
        " ".join(digits),
        f"our page: {values['meeting_url']}",
        local,
        f"@{domain}",
        values["full_name"].split()[0],
        values["full_name"].split()[1],
    )
    for number, text in enumerate(texts):
        await send_chat_message(prospect, QUIET, application_id, text, f"{application_id}-{number}")
    await send_chat_message(made.operator, QUIET, application_id, f"Reach {texts[0]}", str(application_id))


async def _contact(made: Planting) -> None:
    """Let the vendor look a person up, and try to reach one."""
    await _stop_and_try(made)
    await _find_in_public(made)


async def _stop_and_try(made: Planting) -> None:
    """Let the vendor note that the person wants no text messages, and a call; plant a list of all numbers."""
    vendor, accepted = made.vendor, made.leads["accepted"]
    stop = StopInput(lead_id=accepted.id, medium=Medium.SMS)
    await set_stop(vendor.owner, QUIET, stop, "stop")
    now = START + 2 * REVEAL_AFTER
    attempt = AttemptInput(accepted.id, Medium.CALL, now, ContactOutcome.NO_ANSWER)
    await record_attempt(vendor.owner, QUIET, attempt, "attempt")
    given = ListInput("Robinson", "DE", Medium.CALL, OptOutListKind.ROBINSON, now)
    numbers = "\n".join(one.values["phone"] for one in made.planted)
    stream = io.BytesIO(numbers.encode())
    await import_opt_out_list(made.operator, QUIET, CONTEXT.hashes, stream, given, "list")


def _some_refused(parcel: Parcel) -> Result:
    """Refuse every third address, so that there are dispatches in every state."""
    if parcel.id.int % 3:
        return ACCEPTED
    return Result(DispatchOutcome.PERMANENT, Code.RECIPIENT_REFUSED, "550 5.1.1", bounce=BounceAbout.MAILBOX)


async def _complain(made: Planting) -> None:
    """File a complaint: one item is decided, one is open; both sides wrote; a template exists."""
    reasons = {"club": ComplaintReason.WRONG_ADDRESS, "record": ComplaintReason.VOICEMAIL}
    for state, reason in reasons.items():
        rows = await fetch(connection(), "SELECT id FROM delivery WHERE lead_id = $1", made.leads[state].id)
        draft = ItemDraft(new_id(), rows[0]["id"], reason, "It is as I say.", 1)
        filed = await file_complaint(
            made.vendor.owner, QUIET, (), drafts=[draft], idempotency_key=state, given={}
        )
        assert filed.complaint_id is not None
        for viewer in (made.vendor.owner, made.operator):
            await send_message(viewer, QUIET, filed.complaint_id, "When will it be decided?", state)
    await ensure_answers()
    await create_template(made.vendor.owner, TemplateFormat.CSV, None, most_stored=10**9)


async def _deliver(made: Planting, lead: MadeLead, kind: str, closed: str) -> None:
    await fetch(
        connection(),
        """INSERT INTO delivery (id, account_id, lead_id, kind, policy_id, decision_id, received_at, points,
               complaint_until, closed)
           VALUES ($1, $2, $3, $4, $5, $6, leadgate_clock(), 5,
                   leadgate_clock() + interval '30 days', $7)""",
        uuid4(),
        made.vendor.id,
        lead.id,
        kind,
        made.market.policy_id,
        uuid4(),
        closed,
    )
    await enter_deliveries()


async def entitled(made: Planting, viewer: Viewer) -> set[int]:
    """Return the numbers of the leads whose contact data the viewer may see at this instant (S1)."""
    rows = await fetch(
        connection(),
        """SELECT lead.id, lead.prospect_id, prospect.erased_at, application.received_at,
                  application.accepted_at, application.declined_at, delivery.kind, delivery.closed,
                  leadgate_clock() AS now
           FROM lead JOIN prospect ON prospect.id = lead.prospect_id
           LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1
           LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1""",
        viewer.vendor_id,
    )
    numbers: dict[UUID, int] = {lead.id: number for number, lead in enumerate(made.leads.values())}
    found = set()
    for row in rows:
        if row["id"] not in numbers or row["erased_at"] is not None:
            continue
        own = viewer.prospect_id is not None and viewer.prospect_id == row["prospect_id"]
        if viewer.operator or own or _held(dict(row)):
            found.add(numbers[row["id"]])
    return found


def _held(row: dict[str, object]) -> bool:
    if row["closed"] not in {None, "NO"}:
        return False
    if row["kind"] in {"LEAD_CLUB", "RECORD"}:
        return True
    received, now = row["received_at"], row["now"]
    if not isinstance(received, datetime) or not isinstance(now, datetime):
        return False
    if row["accepted_at"] is not None:
        return True
    answered = row["declined_at"] if isinstance(row["declined_at"], datetime) else now
    return answered - received >= timedelta(hours=48)
