"""Smart contact data in tests: vendors that have it, contacts with a domain of their own, and sources."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.deliveries.deliver import deliver_lead
from models.outside.mail_exchange import MailAnswer, MailState
from models.outside.sources.source import (
    Found,
    FoundKind,
    LookUp,
    OutsideOutcome,
    OutsideSource,
    Question,
    SourceAnswer,
)
from models.process.wake import Silence
from models.smart_data.account_settings import settings_of
from models.smart_data.context import SmartDataContext
from models.smart_data.run import Answered, Outside, run_search
from models.smart_data.search import Given, refresh, start_search
from models.smart_data.store import Replacement, store_found
from models.smart_data.targets import target_of_lead
from models.smart_data.update_settings import SettingsDraft, update_settings
from models.tables import Contact
from rules.plan import Plan
from rules.visibility import DeliveryKind
from tests.support.api import HASH_KEY
from tests.support.marketplace import (
    MadeLead,
    MadeMarket,
    MadeVendor,
    make_lead,
    make_operator,
    make_prospect,
    make_vendor,
)
from tests.support.messages import SEALER

WEBSITE, MAIL_DNS, REGISTER = OutsideSource.WEBSITE, OutsideSource.MAIL_DNS, OutsideSource.REGISTER
SOURCES = frozenset({WEBSITE, MAIL_DNS, REGISTER})
CONTEXT = SmartDataContext(KeyedHash(HASH_KEY.encode()), SEALER, SOURCES)
FIRM = "fake-firm.com"  # a domain that nobody is asked about in tests
FOUND_NAME = "Fake Firm Found Ltd"


def found(
    kind: FoundKind = FoundKind.NAME,
    value: str = FOUND_NAME,
    *,
    about: LookUp = LookUp.PERSON,
    url: str | None = None,
    doubtful: bool = False,
    image: bytes | None = None,
) -> Found:
    """Return a value that a source gives."""
    return Found(kind, about, value, f"https://{FIRM}/", url, doubtful=doubtful, image=image)


@dataclass(slots=True)
class Sources:
    """Sources that answer as a test says, and what they were asked; others answer NOTHING."""

    answers: dict[OutsideSource, tuple[Found, ...] | OutsideOutcome] = field(default_factory=dict)
    mail: MailAnswer | None = field(default_factory=lambda: MailAnswer(MailState.EXCHANGER))
    asked: list[tuple[frozenset[OutsideSource], Question]] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)

    async def ask(
        self, sources: Collection[OutsideSource], question: Question, *, answered: Answered | None = None
    ) -> tuple[SourceAnswer, ...]:
        """Answer as `ask_all` does."""
        self.asked.append((frozenset(sources), question))
        answers = tuple(self._answer(source) for source in OutsideSource if source in sources)
        for answer in answers:
            if answered is not None:
                await answered(answer)
        return answers

    async def ask_mail(self, domain: str) -> MailAnswer | None:
        """Answer about a domain's mail."""
        self.domains.append(domain)
        return self.mail

    def _answer(self, source: OutsideSource) -> SourceAnswer:
        said = self.answers.get(source, OutsideOutcome.NOTHING)
        if isinstance(said, OutsideOutcome):
            return SourceAnswer(source, said, milliseconds=7)
        return SourceAnswer(source, OutsideOutcome.FOUND, said, 7)

    @property
    def outside(self) -> Outside:
        """What a worker asks with."""
        return Outside(self.ask, self.ask_mail)


async def make_switched_on(
    points: int = 0, *, plan: Plan = Plan.PROFESSIONAL, name: str = "Fake Vendor Ltd"
) -> MadeVendor:
    """Create an account that has switched smart contact data on."""
    vendor = await make_vendor(points, name=name, plan=plan)
    await switch(vendor, on=True)
    return vendor


async def switch(vendor: MadeVendor, *, on: bool, expected: int | None = None) -> None:
    """Switch smart contact data of an account on or off, through the action."""
    view = (await settings_of(connection(), [vendor.id]))[vendor.id]
    sources = dict.fromkeys(SOURCES, True) if on else None
    draft = SettingsDraft(on=on, accepts_roles=True, sources=sources)
    await update_settings(
        vendor.owner, Silence(), CONTEXT, draft, view.version if expected is None else expected
    )


async def make_person(
    market: MadeMarket,
    vendor: MadeVendor | None = None,
    *,
    email: str | None = f"rita@{FIRM}",
    organisation: str | None = "Fake Firm GmbH",
) -> MadeLead:
    """Create a lead whose contact has this address and organisation, delivered to a vendor if given."""
    lead = await make_lead(market, await make_prospect())
    await Contact.filter(lead_id=lead.id).update(email=email, organisation=organisation)
    if vendor is not None:
        await hand_over(vendor, lead)
    return lead


async def hand_over(vendor: MadeVendor, lead: MadeLead) -> None:
    """Deliver a lead for nothing, so that its contact is visible."""
    await deliver_lead(
        await make_operator(),
        Silence(),
        lead_id=lead.id,
        account_id=vendor.id,
        kind=DeliveryKind.LEAD_CLUB,
        points=0,
        idempotency_key=new_id().hex,
    )


def by_lead(lead: MadeLead, checked_email: str | None = None) -> Given:
    """Return what a user gives who looks up the contact of a lead."""
    return Given(lead.id, None, checked_email)


async def search(viewer: Viewer, given: Given, *, key: str | None = None) -> UUID:
    """Ask for a search, without a worker."""
    return await start_search(viewer, Silence(), CONTEXT, given, new_id().hex if key is None else key)


async def search_again(viewer: Viewer, lead: MadeLead, email: str) -> UUID:
    """Ask for a refresh with the address that was checked, without a worker."""
    return await refresh(viewer, Silence(), CONTEXT, by_lead(lead, email), new_id().hex)


async def run(search_id: UUID, sources: Sources, context: SmartDataContext = CONTEXT) -> None:
    """Carry a search out, as a worker does."""
    await run_search(search_id, context, sources.outside, Silence())


async def searched(vendor: MadeVendor, lead: MadeLead, sources: Sources | None = None) -> UUID:
    """Look the contact of a lead up, and return the search that has ended."""
    search_id = await search(vendor.owner, by_lead(lead))
    await run(search_id, sources or Sources({WEBSITE: (found(),)}))
    return search_id


def unsealed_otherwise(context: SmartDataContext = CONTEXT) -> SmartDataContext:
    """Return a context with another key of seals."""
    return replace(context, sealer=Sealer(b"another key of all the seals in tests"))


async def store_find(vendor: MadeVendor, lead: MadeLead, email: str, value: str) -> None:
    """Store a value about the contact of a lead, whether or not the vendor could have searched for it."""
    target = target_of_lead(CONTEXT, lead.id, email)
    subject_id, search_id = new_id(), new_id()
    rows = await fetch(
        connection(),
        """WITH subject AS (
               INSERT INTO smart_subject (id, account_id, kind, key_hmac, lead_id, prospect_id)
               SELECT $1, $2, 'PERSON', $3, lead.id, lead.prospect_id FROM lead WHERE lead.id = $4
               ON CONFLICT (account_id, kind, key_hmac) DO UPDATE SET lead_id = $4 RETURNING id)
           INSERT INTO smart_search (id, subject_id, account_id, lead_id, policy_id, act, asked_by_id,
               asked_at, decision_id, state, ended_at, outcomes, found, points)
           SELECT $5, subject.id, $2, $4, $6, 'SEARCH', $7, leadgate_clock(), $5, 'DONE', leadgate_clock(),
               '{}', 1, 0 FROM subject RETURNING subject_id, asked_at AS now""",
        subject_id,
        vendor.id,
        target.key,
        lead.id,
        search_id,
        lead.market.policy_id,
        vendor.owner.user_id,
    )
    now = rows[0]["now"]
    replacement = Replacement(
        rows[0]["subject_id"], search_id, now, now + timedelta(days=90), keep_history=False
    )
    answer = SourceAnswer(WEBSITE, OutsideOutcome.FOUND, (found(value=value),), 7)
    await store_found(connection(), SEALER, replacement, [answer])
