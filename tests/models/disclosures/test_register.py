"""Each delivery that opens contact data has its entry in the register, written with it or not at all."""

import importlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from asyncpg import Record
from tortoise.exceptions import IntegrityError

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from models.tables import Contact, User
from rules.visibility import DisclosureBasis as Basis
from tests.support.complaints import PROVEN, QUIET, deliver, filed, make_contact, offer
from tests.support.concurrency import freely
from tests.support.database import Database
from tests.support.leads import DeliveryRow, insert_deliveries
from tests.support.marketplace import (
    HOUR,
    SECOND,
    START,
    MadeLead,
    Marketplace,
    apply,
    make_lead,
    make_marketplace,
    make_vendor,
)
from tests.support.reading import application, erase, refused, row, rows_of

DUE = START + 48 * HOUR


async def entries() -> Sequence[Record]:
    """Return the register, in the order of the deliveries."""
    return await fetch(connection(), "SELECT * FROM disclosure ORDER BY delivery_id")


async def _accepted(place: Marketplace, database: Database) -> MadeLead:
    made = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, made)
    await accept(place.prospect.viewer, QUIET, made)  # again: nothing more is written
    return place.lead


async def _silent(place: Marketplace, database: Database) -> MadeLead:
    await apply(place.vendor, place.lead)
    await database.clock.set(DUE + HOUR)  # however late it is carried out
    await sweep(QUIET)
    await sweep(QUIET)
    return place.lead


async def _delivered(place: Marketplace, database: Database) -> MadeLead:
    await deliver(place, place.vendor, place.lead)
    return place.lead


async def _bought(place: Marketplace, database: Database) -> MadeLead:
    await offer(place, place.lead)
    for _ in range(2):
        await purchase_lead(place.vendor.member, QUIET, lead_id=place.lead.id, idempotency_key="once")
    return place.lead


async def _replaced(place: Marketplace, database: Database) -> MadeLead:
    fresh = await offer(place)
    await filed(place.vendor, [await deliver(place, place.vendor)], PROVEN)
    return fresh


@pytest.mark.parametrize(
    ("disclose", "basis"),
    [
        (_accepted, Basis.ACCEPTED),
        (_silent, Basis.SILENCE),
        (_delivered, Basis.DELIVERY),
        (_bought, Basis.PURCHASE),
        (_replaced, Basis.REPLACEMENT),
    ],
)
async def test_a_delivery_is_entered_with_its_basis(
    place: Marketplace, database: Database, disclose: Any, basis: Basis
) -> None:
    """Once, for the lead's prospect, with what the contact has: never with the data itself."""
    lead = await disclose(place, database)
    delivery = await row("delivery", lead_id=lead.id)
    (entry,) = [one for one in await entries() if one["delivery_id"] == delivery["id"]]
    assert (entry["basis"], entry["prospect_id"]) == (basis, lead.prospect.id)
    assert entry["categories"] == [
        "NAME",
        "ORGANISATION",
        "EMAIL",
        "PHONE",
        "ADDRESS",
        "REGISTRATION_NUMBER",
        "LINKEDIN",
        "MEETING_URL",
    ]
    assert set(entry.keys()) == {"delivery_id", "prospect_id", "basis", "categories", "notice_message_id"}


async def test_an_entry_names_only_what_the_contact_has(place: Marketplace) -> None:
    contact = await Contact.get(lead_id=place.lead.id)
    nothing = dict.fromkeys(
        ("organisation", "email", "phone", "address", "registration_number", "linkedin_url", "meeting_url")
    )
    await contact.update_from_dict({**nothing, "other_emails": [], "other_phones": []}).save()
    await deliver(place, place.vendor, place.lead)
    assert [one["categories"] for one in await entries()] == [["NAME"]]


async def test_what_is_refused_is_not_entered(place: Marketplace) -> None:
    """Neither a delivery nor an entry: they are written by one statement."""
    poor = await make_vendor(points=0, name="Poor Ltd")
    await offer(place, place.lead)
    buying = purchase_lead(poor.owner, QUIET, lead_id=place.lead.id, idempotency_key=new_id().hex)
    await refused(buying, RefusalCode.INSUFFICIENT_POINTS)
    assert (await rows_of("delivery"), await entries()) == ([], [])
    assert await rows_of("outbox_message", template="contact_disclosed") == []


@pytest.mark.parametrize(("at", "opened"), [(DUE - SECOND, False), (DUE, True)])
async def test_a_decline_at_the_instant_of_the_reveal(
    place: Marketplace, database: Database, at: Any, opened: bool
) -> None:
    """However sweeps and answers race, contact data is open if and only if the register says so."""
    made = [await apply(place.vendor, await make_lead(place.market, place.prospect)) for _ in range(4)]
    await database.clock.set(at)
    for one in made:
        await freely(sweep(QUIET, 1), decline(place.prospect.viewer, QUIET, one), sweep(QUIET))
    for one in made:
        assert ((await application(one))["revealed_at"] is not None) == opened
    entered = [one["basis"] for one in await entries()]
    assert entered == (["SILENCE"] * len(made) if opened else [])


async def test_an_acceptance_racing_with_a_sweep_is_entered_once(
    place: Marketplace, database: Database
) -> None:
    """The reveal was due first, whoever carries it out."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(DUE)
    await freely(sweep(QUIET), accept(place.prospect.viewer, QUIET, made), sweep(QUIET))
    assert [one["basis"] for one in await entries()] == ["SILENCE"]


async def test_a_sweep_enters_all_reveals_of_its_batch(place: Marketplace, database: Database) -> None:
    made = [await apply(place.vendor, await make_lead(place.market, place.prospect)) for _ in range(5)]
    await database.clock.set(DUE)
    await sweep(QUIET)
    delivered = {one["application_id"]: one["id"] for one in await rows_of("delivery")}
    assert set(delivered) == set(made)
    assert {one["delivery_id"] for one in await entries()} == set(delivered.values())


async def test_an_erasure_leaves_the_register(place: Marketplace) -> None:
    """Who received the data must be told of the erasure (GDPR Art. 19)."""
    await deliver(place, place.vendor, place.lead)
    before = await entries()
    await Contact.filter(lead_id=place.lead.id).delete()
    await erase(place.prospect.id, START)
    assert await entries() == before


@pytest.mark.parametrize(
    "change", ["UPDATE disclosure SET basis = 'ACCEPTED'", "DELETE FROM disclosure", "DELETE FROM delivery"]
)
async def test_an_entry_is_never_changed(place: Marketplace, change: str) -> None:
    await deliver(place, place.vendor)
    with pytest.raises(IntegrityError):
        await fetch(connection(), change)
    assert len(await entries()) == 1


async def test_the_migration_enters_what_was_delivered_before(database: Database) -> None:
    """A purchase by its actor, an application by its answer; no notice is sent so late."""
    await database.clock.set(START)
    place = await make_marketplace()
    migration = importlib.import_module("migrations.0023_disclosures")
    silent, accepted, given, bought = [await make_contact(place.market) for _ in range(4)]
    applied = {lead.id: await apply(place.vendor, lead) for lead in (silent, accepted)}
    await fetch(
        connection(),
        "UPDATE application SET accepted_at = $2, revealed_at = $2 WHERE id = $1",
        applied[accepted.id],
        START,
    )
    rows = [
        DeliveryRow(lead.id, place.vendor.id, place.market.policy_id, "RECORD", received_at=START)
        for lead in (silent, accepted, given, bought)
    ]
    await insert_deliveries(rows, entered=False)
    for lead_id, application_id in applied.items():
        await fetch(
            connection(),
            "UPDATE delivery SET application_id = $2, kind = 'APPLICATION' WHERE lead_id = $1",
            lead_id,
            application_id,
        )
    await _decided_by(bought.id, place.vendor.owner.user_id)
    await _decided_by(given.id, place.operator.user_id)
    await fetch(connection(), migration.EXISTING)
    found = {
        one["lead_id"]: one
        for one in await fetch(
            connection(), "SELECT * FROM disclosure JOIN delivery ON delivery.id = disclosure.delivery_id"
        )
    }
    assert {lead: one["basis"] for lead, one in found.items()} == {
        silent.id: "SILENCE",
        accepted.id: "ACCEPTED",
        given.id: "DELIVERY",
        bought.id: "PURCHASE",
    }
    assert {one["notice_message_id"] for one in found.values()} == {None}
    assert all("EMAIL" in one["categories"] for one in found.values())


async def _decided_by(lead_id: UUID, user_id: UUID | None) -> None:
    assert await User.exists(id=user_id)
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
                                 recorded_at, actor_id)
           SELECT decision_id, 'visibility', id, 'VISIBLE', 'delivered', 'main', '{}', received_at,
                  received_at, $2 FROM delivery WHERE lead_id = $1""",
        lead_id,
        user_id,
    )
