"""Publishing of a lead: checks the public text for identity, and stores the contact data separately."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalReason, Refusals, Value
from models.base.viewer import Viewer
from models.contact_data import (
    ContactData,
    clean_block,
    clean_line,
    find_identity_in,
    finding_refusal,
    parse_country,
    validate_contact,
)
from models.contact_data.channel import Channel
from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.stopped import stopped
from models.leads.file import parse_currency
from models.leads.file.defaults import DEFAULT_CURRENCY
from models.leads.refusals import LeadRefusal
from models.leads.same_person import keep_stops_waiting, stopped_among, ways
from models.leads.store import LeadRow, store_leads
from models.leads.tables import LeadSource
from models.policies.versions import policy_in_force

_LARGEST_AMOUNT = 2**31 - 1
_LARGEST_FEE = 1_000_000


@dataclass(frozen=True, slots=True, repr=False)
class ContactInput:
    """Contact data as entered."""

    full_name: str
    preferred_channel: Channel
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_extension: str | None = None
    linkedin_url: str | None = None
    meeting_url: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LeadInput:
    """A lead as entered; None uses the value of the market or the user."""

    title: str
    brief: str
    category: str
    country: str
    contact: ContactInput
    city: str | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str | None = None
    source: LeadSource | None = None
    fee: int | None = None
    market: str | None = None
    prospect_id: UUID | None = None


class _Reading:
    """Validates fields one by one and collects the refusals, so that a client gets all of them together."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def refuse(self, reason: RefusalReason, field: str, **values: Value) -> None:
        code, message = reason.why.code, f"{field}: {reason.english(values)}"
        self.refusals.append(Refusal(code, (field,), message, reason=reason, values=values))

    def text(self, field: str, value: str, clean: Callable[[str], str]) -> str:
        try:
            cleaned = clean(value)
        except InvalidValue as error:
            self.refusals.append(error.refusal(field))
            return ""
        if not cleaned:
            self.refuse(ContactDataRefusal.VALUE_MISSING, field)
        return cleaned

    def amount(self, field: str, value: int | None, largest: int) -> None:
        if value is not None and not 0 <= value <= largest:
            self.refuse(LeadRefusal.AMOUNT_OUT_OF_RANGE, field, most=largest)

    def contact(self, given: ContactInput, region: str) -> ContactData | None:
        found = validate_contact(
            full_name=given.full_name,
            preferred_channel=given.preferred_channel,
            organisation=given.organisation,
            email=given.email,
            phone=given.phone,
            phone_extension=given.phone_extension,
            linkedin_url=given.linkedin_url,
            meeting_url=given.meeting_url,
            time_zone=given.time_zone,
            region=region or None,
        )
        if isinstance(found, ContactData):
            return found
        self.refusals.extend(problem.refusal("contact") for problem in found)
        return None

    def public(self, fields: Mapping[str, str], contact: ContactData | None, region: str) -> None:
        reported: set[str] = set()
        for field, finding in find_identity_in(fields, contact, region or None):
            if field not in reported:
                reported.add(field)
                self.refusals.append(finding_refusal(field, finding))


@dataclass(frozen=True, slots=True, repr=False)
class _Checked:
    title: str
    brief: str
    category: str
    city: str | None
    country: str
    currency: str
    contact: ContactData


def _check(given: LeadInput) -> _Checked:
    reading = _Reading()
    country = reading.text("country", given.country, parse_country)
    contact = reading.contact(given.contact, country)
    title = reading.text("title", given.title, lambda text: clean_line(text, 200))
    brief = reading.text("brief", given.brief, lambda text: clean_block(text, 5_000))
    category = reading.text("category", given.category, lambda text: clean_line(text, 100))
    city = (
        reading.text("city", given.city, lambda text: clean_line(text, 100))
        if given.city and given.city.strip()
        else None
    )
    currency = reading.text("currency", given.currency or DEFAULT_CURRENCY, parse_currency)
    public = {"title": title, "brief": brief, "category": category, "city": city or ""}
    reading.public(public, contact, country)
    reading.amount("budgetMin", given.budget_min, _LARGEST_AMOUNT)
    reading.amount("budgetMax", given.budget_max, _LARGEST_AMOUNT)
    reading.amount("fee", given.fee, _LARGEST_FEE)
    if given.budget_min is not None and given.budget_max is not None and given.budget_min > given.budget_max:
        reading.refuse(LeadRefusal.BUDGET_REVERSED, "budgetMin")
    if reading.refusals or contact is None:
        raise Refusals(reading.refusals)
    return _Checked(title, brief, category, city, country, currency, contact)


async def find_market(conn: Connection, viewer: Viewer, code: str | None, field: str = "market") -> UUID:
    """Return the id of the market with this code; without one, the viewer's home market or `default`."""
    if code is None and viewer.home_market_id is not None:
        return viewer.home_market_id
    wanted = "default" if code is None else code
    # PostgreSQL does not accept NUL, and no code has unprintable characters.
    row = (
        await fetch_one(conn, "SELECT id FROM market WHERE code = $1", wanted)
        if wanted.isprintable()
        else None
    )
    if row is None:
        raise LeadRefusal.MARKET_NOT_FOUND.at(field, named=field)
    market_id: UUID = row["id"]
    return market_id


async def _prospect(conn: Connection, viewer: Viewer, prospect_id: UUID | None) -> UUID | None:
    if not viewer.operator:
        if prospect_id is not None and prospect_id != viewer.prospect_id:
            raise LeadRefusal.PUBLISHED_FOR_OTHERS.at("prospectId")
        return viewer.prospect_id
    if prospect_id is not None:
        row = await fetch_one(
            conn, "SELECT id FROM prospect WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE", prospect_id
        )
        if row is None:
            raise LeadRefusal.PROSPECT_NOT_FOUND.at("prospectId")
    return prospect_id


async def _refuse_stopped(conn: Connection, prospect_id: UUID | None, contact: ContactData) -> None:
    """Refuse a lead of a person who must not be contacted, by prospect or by contact data."""
    await keep_stops_waiting(conn)
    stopped_person = LeadRefusal.PERSON_MUST_NOT_BE_CONTACTED
    what = "a person who must not be contacted"
    remedy = "do not publish this lead; a person who wants to be contacted again can sign in and publish it"
    if await fetch(conn, f"SELECT WHERE {stopped('$1::uuid')}", prospect_id):
        raise stopped_person.at("prospectId", detail=f"prospectId: this is {what}; {remedy}.")
    known = await stopped_among(conn, [contact])
    refusals = [
        stopped_person.at("contact", field, detail=f"{field}: this belongs to {what}; {remedy}.")
        for field, way in ways(contact)
        if way in known
    ]
    if refusals:
        raise Refusals(refusals)


async def publish(viewer: Viewer, given: LeadInput, idempotency_key: str | None = None) -> UUID:
    """Publish a lead and return its id, once per key.

    Prospects publish their own leads, operators those of anybody. An operator who specifies no prospect
    creates one without a user, and can never publish for a person who must not be contacted. Raises `Refusal`
    FORBIDDEN, NOT_FOUND or CONFLICT, and `Refusals` with every invalid field; public text that contains
    contact data is refused (readings of S1).
    """
    if not viewer.operator and viewer.prospect_id is None:
        raise LeadRefusal.ONLY_PUBLISHERS.at()
    if given.fee is not None and not viewer.operator:
        raise LeadRefusal.FEE_SET_BY_MARKET.at("fee")
    checked = _check(given)
    async with transaction() as conn:
        prospect_id = await _prospect(conn, viewer, given.prospect_id)
        market_id = await find_market(conn, viewer, given.market)
        now = await database_now(conn)
        _, policy = await policy_in_force(conn, market_id, now)
        publication = policy.publication
        lead_id = new_id()
        if idempotency_key is not None and viewer.user_id is not None:
            earlier = await first_answer(
                conn,
                scope=viewer.user_id,
                operation="leadPublish",
                key=idempotency_key,
                given={"lead": given},
                result=lead_id,
                now=now,
            )
            if earlier is not None:
                return earlier
        if viewer.operator:
            await _refuse_stopped(conn, prospect_id, checked.contact)
        row = LeadRow(
            id=lead_id,
            market_id=market_id,
            prospect_id=prospect_id,
            title=checked.title,
            brief=checked.brief,
            category=checked.category,
            city=checked.city,
            country=checked.country,
            budget_min=given.budget_min,
            budget_max=given.budget_max,
            currency=checked.currency,
            source=given.source or LeadSource.OPPORTUNITY,
            source_text=None,
            fee=publication.application_fee if given.fee is None else given.fee,
            published_at=now,
            closes_at=now + timedelta(seconds=publication.open_for),
            identity_key=None,
            contact=checked.contact,
        )
        await store_leads(conn, [row])
    return lead_id
