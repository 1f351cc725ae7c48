"""Small builders of a marketplace for tests: markets, people, leads, and applications by the action.

Its contact values are unmistakable fakes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.accounts.purchase_points import purchase_points
from models.applications.record_meeting import record_meeting
from models.applications.submit import submit
from models.applications.tables import MeetingEvidenceKind
from models.base.ids import new_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.leads.tables import LeadSource
from models.process.wake import Silence, Wake
from models.tables import Account, Contact, Lead, Market, PolicyVersion, Prospect, User
from rules import production_parameters
from rules.parameters import Parameters
from rules.plan import Plan

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday: set the clock of a test to it
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)  # the first policy of a market is in force from here
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)

FULL_NAME = "Petra Example-Fake"
ORGANISATION = "Fake Example GmbH"
EMAIL = "petra.fake@prospect.example"
OTHER_EMAIL = "petra.second@prospect.example"
PHONE = "+12025550143"
OTHER_PHONE = "+12025550187"
STREET = "1 Fake Example Street"
REGISTRATION_NUMBER = "HRB 555000 FAKE"
LINKEDIN_URL = "https://www.linkedin.com/in/petra-fake-example"
MEETING_URL = "https://meet.example/petra-fake-room"
# None of these values may reach anyone to whom the lead is hidden.
CONTACT_VALUES = (
    FULL_NAME,
    ORGANISATION,
    EMAIL,
    OTHER_EMAIL,
    PHONE,
    OTHER_PHONE,
    STREET,
    REGISTRATION_NUMBER,
    LINKEDIN_URL,
    MEETING_URL,
)


@dataclass(frozen=True, slots=True)
class MadeMarket:
    """A market, with the policy version that was published with it."""

    id: UUID
    code: str
    policy_id: UUID
    policy_version: str


@dataclass(frozen=True, slots=True)
class MadeVendor:
    """An account with one user of each role."""

    id: UUID
    owner: Viewer
    member: Viewer
    employee: Viewer


@dataclass(frozen=True, slots=True)
class MadeProspect:
    """A prospect with the user who signs in for it."""

    id: UUID
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class MadeLead:
    """A lead with contact data behind it (`CONTACT_VALUES`)."""

    id: UUID
    market: MadeMarket
    prospect: MadeProspect
    fee: int


@dataclass(frozen=True, slots=True)
class Marketplace:
    """The start of most tests: one of each, and a second vendor and prospect unrelated to them."""

    market: MadeMarket
    vendor: MadeVendor
    prospect: MadeProspect
    lead: MadeLead
    other_vendor: MadeVendor
    other_prospect: MadeProspect
    operator: Viewer
    agent: Viewer


async def make_market(code: str = "main", parameters: Parameters | None = None) -> MadeMarket:
    """Create a market with one policy version, in force for a long time; production's numbers by default."""
    market = await Market.create(code=code, name=f"Market {code}")
    policy_id, version = await publish_policy(
        market.id, code, parameters or production_parameters(), LONG_AGO
    )
    return MadeMarket(market.id, code, policy_id, version)


async def publish_policy(
    market_id: UUID, code: str, parameters: Parameters, effective_from: datetime
) -> tuple[UUID, str]:
    """Store one more version of a market's policy; return its id and the version's name."""
    version = f"{code}-{effective_from:%Y%m%dT%H%M%S}"
    policy = await PolicyVersion.create(
        market_id=market_id, version=version, effective_from=effective_from, parameters=parameters
    )
    return policy.id, version


async def _make_user(
    name: str, roles: frozenset[Role], locale: str = "en", **links: UUID | Role | bool
) -> Viewer:
    email = f"{name}-{new_id().hex}@users.example"
    user = User(email=email, name=f"{name.title()} Fake", locale=locale, **links)
    await user.save()
    return Viewer(
        user_id=user.id,
        account_id=user.account_id,  # type: ignore[attr-defined]  # made by tortoise at run time
        prospect_id=user.prospect_id,  # type: ignore[attr-defined]
        roles=roles,
        locale=locale,
    )


async def make_operator() -> Viewer:
    """Create a marketplace operator."""
    return await _make_user("operator", frozenset({Role.OPERATOR}), operator=True)


async def make_agent() -> Viewer:
    """Create a phone agent."""
    return await _make_user("agent", frozenset({Role.AGENT}), agent=True)


async def make_vendor(
    points: int = 0, *, name: str = "Fake Vendor Ltd", plan: Plan = Plan.FREE, locale: str = "en"
) -> MadeVendor:
    """Create an account with an owner, a member and an employee; its points are bought through the action."""
    account = await Account.create(name=name, plan=plan)
    owner, member, employee = [
        await _make_user(role.lower(), frozenset({role}), locale, account_id=account.id, account_role=role)
        for role in (Role.OWNER, Role.MEMBER, Role.EMPLOYEE)
    ]
    if points:
        await buy_points(account.id, points)
    return MadeVendor(account.id, owner, member, employee)


async def buy_points(account_id: UUID, points: int, operator: Viewer | None = None) -> None:
    """Book points through the action, by a new operator if none is given."""
    await purchase_points(
        operator or await make_operator(),
        Silence(),
        account_id=account_id,
        points=points,
        idempotency_key=new_id().hex,
    )


async def make_prospect(*, locale: str = "en") -> MadeProspect:
    """Create a prospect with a user."""
    prospect = await Prospect.create()
    viewer = await _make_user("prospect", frozenset({Role.PROSPECT}), locale, prospect_id=prospect.id)
    return MadeProspect(prospect.id, viewer)


async def make_lead(
    market: MadeMarket,
    prospect: MadeProspect,
    *,
    fee: int = 10,
    title: str = "Website relaunch",
    brief: str = "We look for a team that renews our website.",
    category: str = "web",
    city: str | None = "Berlin",
    budget_max: int | None = 500_000,
    currency: str = "EUR",
    published_at: datetime = START - HOUR,
    closes_at: datetime | None = None,
    source: LeadSource = LeadSource.OPPORTUNITY,
    verbatim: bool = False,
) -> MadeLead:
    """Insert a lead with contact data, without any of the checks of publishing.

    Its person has unique addresses and numbers that contain the values above; with `verbatim`, exactly those
    values.
    """
    mine = f"{prospect.id.int % 10**8:08}"
    before = "" if verbatim else f"p{mine}."
    lead = await Lead.create(
        market_id=market.id,
        prospect_id=prospect.id,
        title=title,
        brief=brief,
        category=category,
        city=city,
        country="DE",
        budget_min=None,
        budget_max=budget_max,
        currency=currency,
        source=source,
        fee=fee,
        published_at=published_at,
        closes_at=closes_at,
    )
    await Contact.create(
        lead_id=lead.id,
        full_name=FULL_NAME,
        organisation=ORGANISATION,
        email=f"{before}{EMAIL}",
        phone=PHONE if verbatim else f"+120{mine}",
        other_emails=[f"{before}{OTHER_EMAIL}"],
        other_phones=[{"e164": OTHER_PHONE if verbatim else f"+121{mine}", "extension": None}],
        address={
            "street": STREET,
            "postal_code": "10115",
            "city": "Berlin",
            "region": None,
            "country": "DE",
        },
        registration_number=REGISTRATION_NUMBER,
        linkedin_url=LINKEDIN_URL,
        meeting_url=MEETING_URL,
        preferred_channel=Channel.EMAIL,
        time_zone="Europe/Berlin",
    )
    return MadeLead(lead.id, market, prospect, fee)


async def make_marketplace(
    *, points: int = 100, fee: int = 10, parameters: Parameters | None = None
) -> Marketplace:
    """Create a market with a lead, its prospect, a vendor with points, and unrelated parties."""
    market = await make_market(parameters=parameters)
    prospect = await make_prospect()
    return Marketplace(
        market=market,
        vendor=await make_vendor(points),
        prospect=prospect,
        lead=await make_lead(market, prospect, fee=fee, verbatim=True),
        other_vendor=await make_vendor(points, name="Other Fake Vendor Ltd"),
        other_prospect=await make_prospect(),
        operator=await make_operator(),
        agent=await make_agent(),
    )


async def apply(
    vendor: MadeVendor,
    lead: MadeLead,
    *,
    meeting_at: datetime | None = None,
    key: str | None = None,
    wake: Wake | None = None,
    introduction: str = "We renew websites and would like to show you how.",
) -> UUID:
    """Submit an application through the action, by the account's owner; return its id."""
    return await submit(
        vendor.owner,
        wake or Silence(),
        lead_id=lead.id,
        introduction=introduction,
        idempotency_key=key or new_id().hex,
        meeting_at=meeting_at,
    )


async def propose_meeting(viewer: Viewer, application_id: UUID, at: datetime) -> None:
    """Propose a meeting time, or confirm the same one of the other side."""
    await record_meeting(
        viewer,
        Silence(),
        application_id=application_id,
        kind=MeetingEvidenceKind.RESCHEDULED,
        idempotency_key=new_id().hex,
        at=at,
    )
