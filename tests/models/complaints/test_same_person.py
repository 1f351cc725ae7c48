"""A stop applies to every row of the person: everybody with the same address or number."""

import io
from datetime import timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import RefusalCode, Refusals
from models.contact_data.channel import Channel
from models.contacting.lift_stop import lift_stop
from models.leads.file import ImportDefaults
from models.leads.import_file import ImportedRow, RowOutcome, import_leads
from models.leads.publish import ContactInput, LeadInput, publish
from tests.support.complaints import (
    NO_CONSENT,
    PROVEN,
    deliver,
    filed,
    offer,
    say,
    sold,
    verdict,
)
from tests.support.concurrency import codes, holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, MadeLead, Marketplace, apply, make_prospect
from tests.support.reading import application, refused, row, rows_of
from tests.support.stops import insert_stop

DEFAULTS = ImportDefaults(market="main", country="DE", region="DE", category="web")
DAY = timedelta(days=1)
HEADER = "full name,email,phone,other_email,other_phone\n"
OLGA = "Olga Objector,olga@objector.example,+493023125001,second@objector.example,+493023125002\n"
PROSPECT = "SELECT FROM prospect WHERE id = $1 FOR SHARE"
MARKET = "SELECT FROM market WHERE id = $1 FOR UPDATE"
# How the person returns, and the field of the refusal.
AGAIN = [
    ("O. Objector,OLGA@objector.example,,,\n", "email"),
    ("O. Objector,,030 23125001,,\n", "phone"),
    ("O. Objector,else@objector.example,,Olga@Objector.example,\n", "other_email"),
    ("O. Objector,SECOND@objector.example,,,\n", "email"),
    ("O. Objector,else@objector.example,+493023125002,,\n", "phone"),
    ("O. Objector,,+493023125055,,+493023125001\n", "other_phone"),
]
OTHER = "Nora Neutral,nora@neutral.example,+493023125099,,\n"


async def _import(place: Marketplace, *lines: str) -> list[ImportedRow]:
    rows: list[ImportedRow] = []
    data = io.BytesIO((HEADER + "".join(lines)).encode())
    await import_leads(place.operator, data, defaults=DEFAULTS, mapping={}, on_row=rows.append)
    return rows


async def _made(place: Marketplace, imported: ImportedRow) -> MadeLead:
    """Return an imported lead in the builders' form; its prospect has no user."""
    assert imported.lead_id is not None, imported
    person = (await row("lead", id=imported.lead_id))["prospect_id"]
    nobody = await make_prospect()
    return MadeLead(imported.lead_id, place.market, type(nobody)(person, nobody.viewer), 10)


async def _stop(place: Marketplace, lead: MadeLead) -> UUID:
    delivery = await deliver(place, place.vendor, lead, points=0)
    _, (item,) = await filed(place.vendor, [delivery], PROVEN, reason=NO_CONSENT)
    found: UUID = item["id"]
    return found


def _typed(email: str | None = None, phone: str | None = None, prospect_id: UUID | None = None) -> LeadInput:
    channel = Channel.EMAIL if email else Channel.PHONE
    contact = ContactInput("Olga Objector", channel, email=email, phone=phone)
    return LeadInput(
        "A terrace", "We look for a terrace.", "web", "DE", contact, market="main", prospect_id=prospect_id
    )


@pytest.mark.parametrize("again", [line for line, _ in AGAIN])
async def test_a_stop_applies_to_all_rows_of_the_person(place: Marketplace, again: str) -> None:
    """Pending applications to another row end and its offer is withdrawn; other persons are not affected."""
    first, second, other = [await _made(place, one) for one in await _import(place, OLGA, again, OTHER)]
    await offer(place, second, cap=2)
    await offer(place, other, cap=2)
    waiting, going_on = [await apply(place.other_vendor, lead) for lead in (second, other)]
    item = await _stop(place, first)
    stops = {one["prospect_id"]: one["item_id"] for one in await rows_of("do_not_contact")}
    assert stops == {first.prospect.id: item, second.prospect.id: item}
    assert (await application(waiting))["ended_at"] is not None
    assert (await application(going_on))["ended_at"] is None
    withdrawn = {one["lead_id"]: one["withdrawn_at"] is not None for one in await rows_of("offer")}
    assert withdrawn == {second.id: True, other.id: False}


@pytest.mark.parametrize(("again", "field"), AGAIN)
async def test_an_import_refuses_a_stopped_person_under_any_name(
    place: Marketplace, again: str, field: str
) -> None:
    """With the field and the remedy; the other rows of the file are created."""
    await _stop(place, await _made(place, (await _import(place, OLGA))[0]))
    leads = len(await rows_of("lead"))
    refusal, created = await _import(place, again, OTHER)
    assert (refusal.outcome, refusal.field, refusal.lead_id) == (RowOutcome.REFUSED, field, None)
    assert "remove the row" in str(refusal.reason)
    assert "objector.example" not in str(refusal.reason).lower()
    assert created.outcome is RowOutcome.CREATED
    assert len(await rows_of("lead")) == leads + 1


async def test_importing_the_same_file_after_a_stop_creates_nothing(place: Marketplace) -> None:
    await _stop(place, await _made(place, (await _import(place, OLGA))[0]))
    before = await snapshot(connection())
    assert [one.outcome for one in await _import(place, OLGA)] == [RowOutcome.DUPLICATE]
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("email", "phone", "field"),
    [("OLGA@objector.example", None, "email"), (None, "+49 30 23125002", "phone")],
)
async def test_an_operator_publishes_nothing_for_a_stopped_person(
    place: Marketplace, email: str | None, phone: str | None, field: str
) -> None:
    """For a new prospect, one with a user, or the stopped prospect; nothing changes."""
    stopped = await _made(place, (await _import(place, OLGA))[0])
    await _stop(place, stopped)
    before = await snapshot(connection())
    for prospect_id in (None, place.other_prospect.id):
        typed = _typed(email, phone, prospect_id)
        with pytest.raises(Refusals) as raised:
            await publish(place.operator, typed)
        (refusal,) = raised.value.refusals
        assert (refusal.code, refusal.field) == (RefusalCode.CONFLICT, ("contact", field))
    typed = _typed("another@objector.example", prospect_id=stopped.prospect.id)
    await refused(publish(place.operator, typed), RefusalCode.CONFLICT, "prospectId")
    assert await snapshot(connection()) == before


async def test_a_person_who_signs_in_and_publishes_has_consented(place: Marketplace) -> None:
    """A person stopped in an imported row who later signs in and publishes has consented by doing so."""
    await _stop(place, await _made(place, (await _import(place, OLGA))[0]))
    lead_id = await publish(place.other_prospect.viewer, _typed("olga@objector.example"))
    made = MadeLead(lead_id, place.market, place.other_prospect, 10)
    assert (await application(await apply(place.other_vendor, made)))["ended_at"] is None


async def test_a_keys_earlier_answer_is_repeated_after_a_stop(place: Marketplace) -> None:
    key, typed = new_id().hex, _typed("olga@objector.example")
    lead_id = await publish(place.operator, typed, key)
    await _stop(place, await _made(place, ImportedRow(1, RowOutcome.CREATED, lead_id)))
    assert await publish(place.operator, typed, key) == lead_id


@pytest.mark.parametrize("stopped", [False, True])
async def test_no_replacement_is_a_person_whom_the_vendor_had_or_who_was_stopped(
    place: Marketplace, stopped: bool
) -> None:
    """A person in another row with the same number: the vendor waits for another person."""
    first, second = [await _made(place, one) for one in await _import(place, OLGA, AGAIN[1][0])]
    vendor = place.other_vendor if stopped else place.vendor
    if stopped:
        await _stop(place, first)
        await fetch(  # as a lead that the person publishes after signing in
            connection(), "DELETE FROM do_not_contact WHERE prospect_id = $1", second.prospect.id
        )
        delivery = await deliver(place, vendor)
    else:
        delivery = await deliver(place, vendor, first)
    await offer(place, second)
    await filed(vendor, [delivery], PROVEN)
    assert (await row("remedy", delivery_id=delivery))["replacement_id"] is None
    assert await sold(second) == 0


async def test_two_replacements_of_one_complaint_are_two_persons(place: Marketplace) -> None:
    for one in await _import(place, OLGA, AGAIN[0][0]):
        await offer(place, await _made(place, one))
    deliveries = [await deliver(place, place.vendor) for _ in range(2)]
    await filed(place.vendor, deliveries, PROVEN)
    assert sum(one["replacement_id"] is not None for one in await rows_of("remedy")) == 1


async def test_an_import_waits_for_a_stop_in_progress(place: Marketplace, database: Database) -> None:
    """Afterwards it finds the stop: the row is refused."""
    first = await _made(place, (await _import(place, OLGA))[0])
    _, (item,) = await filed(
        place.vendor, [await deliver(place, place.vendor, first, points=0)], reason=NO_CONSENT
    )
    async with holding(database.url, PROSPECT, first.prospect.id) as meeting:
        await meeting.join(say(place.operator, verdict(item)))
        await meeting.join(_import(place, AGAIN[0][0]))
    _, rows = await meeting.outcomes()
    assert isinstance(rows, list)
    assert [one.outcome for one in rows] == [RowOutcome.REFUSED]


async def test_a_stop_waits_for_an_import_in_progress(place: Marketplace, database: Database) -> None:
    """Afterwards it finds the new rows: none of the person's leads is left."""
    first = await _made(place, (await _import(place, OLGA))[0])
    _, (item,) = await filed(
        place.vendor, [await deliver(place, place.vendor, first, points=0)], reason=NO_CONSENT
    )
    async with holding(database.url, MARKET, place.market.id) as meeting:
        await meeting.join(_import(place, AGAIN[0][0]))
        await meeting.join(say(place.operator, verdict(item)))
    outcomes = await meeting.outcomes()
    assert codes(outcomes) == ["done", "done"]
    assert len(await rows_of("do_not_contact")) == 2


async def test_a_row_that_is_imported_later_inherits_what_everybody_was_told(
    place: Marketplace, database: Database
) -> None:
    """By medium and end; what one vendor was told, and what has been lifted or has ended, it does not."""
    olga = (await _made(place, (await _import(place, OLGA))[0])).prospect.id
    for medium, until in (("CALL", None), ("EMAIL", START + DAY), ("SMS", START)):
        await insert_stop(olga, START - DAY, medium=medium, until=until, origin="PERSON")
    await insert_stop(olga, medium="CHAT", account_id=place.vendor.id, origin="VENDOR")
    again = (await _made(place, (await _import(place, AGAIN[0][0]))[0])).prospect.id
    (other,) = await _import(place, OTHER)
    inherited = await rows_of("do_not_contact", prospect_id=again)
    assert {(one["medium"], one["until"], one["origin"]) for one in inherited} == {
        ("CALL", None, "PERSON"),
        ("EMAIL", START + DAY, "PERSON"),
    }
    assert len(await rows_of("do_not_contact")) == 6
    assert other.outcome is RowOutcome.CREATED
    (call,) = await rows_of("do_not_contact", prospect_id=olga, medium="CALL")
    await lift_stop(place.operator, call["id"], reason="They asked us to.")
    (call,) = await rows_of("do_not_contact", prospect_id=again, medium="CALL")
    assert call["lifted_at"] == START
