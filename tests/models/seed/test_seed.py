"""The demo marketplace: seeded once, unchanged by a second run, and as documented."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobs.sending import Sender
from models.accounts.passwords import Passwords
from models.applications.answer import accept
from models.applications.submit import submit
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.viewer import Viewer
from models.contact_data import find_identity
from models.contacting.advice import advise
from models.contacting.advice_views import AdviceInput
from models.contacting.facts import contact_cases
from models.contacting.known_ways import known_ways
from models.contacting.opt_out_keys import number_key
from models.contacting.permissions import permissions
from models.deadlines.sweep import sweep
from models.leads.list import leads_by_id
from models.leads.publish import LeadInput
from models.messages.channels.mail_file import MailFiles
from models.messages.channels.sms.files import SmsFiles
from models.messages.channels.sms.form import SmsForm
from models.messages.retry_dispatches import retry_dispatches
from models.process.wake import Silence
from models.reconciliation import reconcile
from models.seed import PASSWORD, USERS, people, seed
from models.seed.advice import ADVICE_LEADS, BOUGHT_LEAD
from models.seed.held_leads import HELD_LEADS
from models.seed.history import HISTORY_LEADS
from models.seed.leads import DEFAULT_LEADS, DEMO_LEADS
from models.seed.operators_work import DISPUTED_LEAD, UNREACHABLE_LEAD
from rules.contacting.terms import ContactPurpose, Medium
from settings import Settings
from tests.support.database import Database
from tests.support.hashing import CHEAP
from tests.support.marketplace import START
from tests.support.messages import CONTEXT, FORM

TABLES = (
    "market",
    "policy",
    "users",
    "account",
    "prospect",
    "lead",
    "contact",
    "posting_group",
    "feed_event",
    "notification_preference",
    "secretariat",
    "employee",
    "weekly_hours",
    "appointment",
    "vip_caller",
    "faq_entry",
    "secretariat_change",
    "deadline",
    "application",
    "chat_message",
    "outbox_message",
    "complaint_item",
    "reconciliation_run",
)
FREE_NUMBERS = (
    "+1 212 555 01",
    "+1 800 555 01",
    "+33 1 99 00 ",
    "+49 30 23125 ",
    "+44 20 7946 0",
)  # reserved for films


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "Passwords", lambda: Passwords(CHEAP))


def settings(database: Database, hour: int = 1) -> Settings:
    """Settings for the test's database."""
    return Settings(database_url=database.url, demo_hour_seconds=hour)


async def rows() -> dict[str, list[dict[str, object]]]:
    """Return all rows of the demo."""
    return {
        table: [dict(row) for row in await fetch(connection(), f"SELECT * FROM {table} ORDER BY 1")]
        for table in TABLES
    }


async def user(email: str) -> Viewer:
    """Return a demo user as a viewer."""
    return await people._viewer(email, next(user.role for user in USERS if user.email == email))


async def test_the_demo_is_complete(database: Database) -> None:
    await seed(settings(database))
    laid = await rows()
    assert {row["code"] for row in laid["market"]} == {"default", "demo"}
    assert {row["version"] for row in laid["policy"]} == {"default-1", "demo-1-1s"}
    assert {row["email"] for row in laid["users"]} == {
        f"{name}@demo.example" for name in ("vendor", "rival", "prospect", "agent", "operator")
    }
    in_demo = len(DEMO_LEADS) + len(HISTORY_LEADS)
    assert len(laid["lead"]) == in_demo + len(DEFAULT_LEADS) + 3  # a bought one, and two for Oscar
    demo = next(row["id"] for row in laid["market"] if row["code"] == "demo")
    assert {row["home_market_id"] for row in laid["users"]} == {demo}
    assert [row["market_id"] for row in laid["lead"]].count(demo) == in_demo
    balances = await fetch(connection(), "SELECT available, on_hold FROM balance")
    assert [tuple(row) for row in balances] == [(500, 0), (500, 0)]
    assert (await reconcile()).findings == ()


async def test_the_demo_password_is_the_documented_one(database: Database) -> None:
    await seed(settings(database))
    for row in await fetch(connection(), "SELECT password_hash FROM users"):
        assert (await Passwords(CHEAP).compare(row["password_hash"], PASSWORD)).right


async def test_seeding_a_second_time_keeps_everything(database: Database) -> None:
    await seed(settings(database))
    laid = await rows()
    await fetch(connection(), "UPDATE users SET name = 'Somebody Else' WHERE email LIKE 'agent%'")
    await seed(settings(database))
    again = await rows()
    names = [row.pop("name") for row in again["users"]], [row.pop("name") for row in laid["users"]]
    assert again == laid
    assert "Somebody Else" in names[0]


async def test_the_demos_chat_has_both_sides_and_costs_nothing(database: Database) -> None:
    """When its lead is published again, it begins again."""
    await database.clock.set(START)
    await seed(settings(database))
    for days in (0, 31):
        await database.clock.advance(timedelta(days=days))
        await seed(settings(database))
    said = await fetch(connection(), "SELECT seq, side FROM chat_message ORDER BY at, seq")
    assert [tuple(row) for row in said] == [(2, "PROSPECT"), (3, "VENDOR")] * 2
    balances = await fetch(connection(), "SELECT available, on_hold FROM balance")
    assert [tuple(row) for row in balances] == [(500, 0), (500, 0)]


async def test_the_demos_contacts_say_when_they_may_be_called_by_which_law(database: Database) -> None:
    """In Berlin, New York and Paris, and at a toll-free number that may be anywhere in North America."""
    await seed(settings(database))
    hashes = KeyedHash(settings(database).hashing_key())
    for email in (people.VENDOR, people.RIVAL):
        viewer = await user(email)
        rows = await fetch(
            connection(), "SELECT lead_id FROM delivery WHERE account_id = $1", viewer.vendor_id
        )
        leads = await leads_by_id(connection(), viewer, [row["lead_id"] for row in rows])
        cases = await contact_cases(connection(), viewer, hashes, list(leads.values()))
        titles = {leads[lead_id].title: case for lead_id, case in cases.items()}
        assert titles.keys() >= {lead.title for lead in HELD_LEADS}
        found = []
        for lead in HELD_LEADS:
            case = titles[lead.title]
            at = datetime(2026, 12, 1, 15, tzinfo=UTC)  # a Tuesday: 16:00 in Berlin, 10:00 in New York
            call, *_ = permissions(case.at(at), ContactPurpose.THE_LEAD, at, case.policy)
            assert call.medium is Medium.CALL
            assert call.hours is not None
            found.append(
                (call.permission.verdict.value, call.hours.zone_from.value, len(call.hours.zones) > 1)
            )
        assert found == [
            ("ALLOWED", "PHONE", False),
            ("ALLOWED", "PERSON", False),
            ("ALLOWED", "PHONE", False),
            ("WAIT", "PHONE", True),
        ]


async def test_the_demos_robinson_list_has_one_number(database: Database) -> None:
    await seed(settings(database))
    hashes = KeyedHash(settings(database).hashing_key())
    (entry,) = await fetch(connection(), "SELECT key_hmac FROM opt_out_entry")
    assert entry["key_hmac"] == number_key(hashes, "+493023125131")


async def test_two_concurrent_seeds_create_one_demo(database: Database) -> None:
    await asyncio.gather(*(seed(settings(database)) for _ in range(3)))
    laid = await rows()
    assert {table: len(laid[table]) for table in ("market", "policy", "users", "account", "prospect")} == {
        "market": 2,
        "policy": 2,
        "users": 5,
        "account": 2,
        "prospect": 4,  # Petra, and the persons of a bought lead and of two for Oscar
    }
    in_demo = len(DEMO_LEADS) + len(HISTORY_LEADS)
    assert len(laid["lead"]) == in_demo + len(DEFAULT_LEADS) + 3  # a bought one, and two for Oscar


async def test_another_hour_length_publishes_a_new_version(database: Database) -> None:
    await database.clock.set(START)
    await seed(settings(database, 1))
    changed = await database.clock.advance(timedelta(minutes=5))
    await seed(settings(database, 60))
    await seed(settings(database, 60))
    await database.clock.advance(timedelta(minutes=5))
    await seed(settings(database, 1))
    versions = await fetch(
        connection(),
        """SELECT version, effective_from, parameters FROM policy WHERE version LIKE 'demo%'
           ORDER BY effective_from""",
    )
    assert [row["version"] for row in versions] == ["demo-1-1s", "demo-2-60s", "demo-3-1s"]
    assert versions[1]["effective_from"] == changed
    assert len(await fetch(connection(), "SELECT 1 FROM policy WHERE version LIKE 'default%'")) == 1


async def test_closed_demo_leads_are_published_again(database: Database) -> None:
    await database.clock.set(START)
    await seed(settings(database))
    await database.clock.advance(timedelta(days=31))
    await seed(settings(database))
    open_now = await fetch(connection(), "SELECT 1 FROM lead WHERE closes_at > leadgate_clock()")
    assert len(open_now) == len(DEMO_LEADS) + len(DEFAULT_LEADS) + 1  # a bought one


async def test_a_newcomer_sees_the_reminder_after_24_and_the_reveal_after_48_seconds(
    database: Database,
) -> None:
    await database.clock.set(START)
    await seed(settings(database))
    lead = (await fetch(connection(), "SELECT id FROM lead WHERE title = $1", DEMO_LEADS[0].title))[0]["id"]
    application = await submit(
        await user("vendor@demo.example"),
        Silence(),
        lead_id=lead,
        introduction="Hello, we repair websites.",
        idempotency_key=new_id().hex,
    )
    for expected in ("REVIEW_REMINDER", "REVEAL"):
        await database.clock.advance(timedelta(seconds=24))
        assert [deadline.kind for deadline in (await sweep(Silence())).deadlines] == [expected]
    opened = await fetch(
        connection(), "SELECT revealed_at - received_at AS after FROM application WHERE id = $1", application
    )
    assert opened[0]["after"] == timedelta(seconds=48)


async def test_a_vendor_is_texted_when_contact_data_is_revealed_at_any_time_of_day(
    database: Database, tmp_path: Path
) -> None:
    """To a number that is reserved for films, like those of the demo's contacts."""
    await database.clock.set(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    await seed(settings(database))
    (lead,) = await fetch(connection(), "SELECT id FROM lead WHERE title = $1", DEMO_LEADS[0].title)
    vendor, prospect = await user(people.VENDOR), await user(people.PROSPECT)
    application = await submit(
        vendor, Silence(), lead_id=lead["id"], introduction="We are five.", idempotency_key="1"
    )
    await accept(prospect, Silence(), application)
    await Sender(CONTEXT, SmsFiles(SmsForm(CONTEXT), tmp_path / "sms")).send_due()
    (file,) = (tmp_path / "sms").iterdir()
    first, _, text = file.read_text().splitlines()
    assert first.startswith("To: +447700900")
    assert text == f'Accepted: "{DEMO_LEADS[0].title}" https://leads.test'


@pytest.mark.parametrize("lead", [*DEMO_LEADS, *DEFAULT_LEADS], ids=lambda lead: lead.title)
def test_demo_contacts_are_fake_and_not_in_public_text(lead: LeadInput) -> None:
    contact = lead.contact
    assert (contact.email or "").endswith(".example")
    assert contact.phone is None or contact.phone.startswith(
        ("+1 212 555 01", "+1 800 555 01", "+33 1 99 00 ", "+49 30 23125 ", "+44 20 7946 0")
    )
    for text in (lead.title, lead.brief, lead.category, lead.city or ""):
        assert find_identity(text, None, lead.country) == []
    assert "demo" in (contact.organisation or "").lower()


async def test_the_demo_shows_a_call_a_later_call_an_email_and_no_contact(database: Database) -> None:
    """At ten in Berlin it is night in Honolulu."""
    await database.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await seed(settings(database))
    vendor = await user(people.VENDOR)
    titles = [*(lead.title for lead in ADVICE_LEADS), BOUGHT_LEAD.title]
    rows = await fetch(connection(), "SELECT id, title FROM lead WHERE title = ANY($1::text[])", titles)
    leads = await leads_by_id(connection(), vendor, [row["id"] for row in rows])
    hashes = KeyedHash(b"a-key-of-hashes-in-tests-only-000")
    cases = await contact_cases(connection(), vendor, hashes, list(leads.values()))
    known = await known_ways(connection(), vendor, list(cases))
    advice = {
        leads[lead_id].title: str(advise(case, known[lead_id], AdviceInput(), case.now).advice.verdict)
        for lead_id, case in cases.items()
    }
    assert [advice[title] for title in titles] == ["CALL", "CALL_LATER", "WRITE", "DO_NOT_CONTACT"]


async def test_a_complaint_that_no_rule_decides_waits_for_the_operator(database: Database) -> None:
    await seed(settings(database))
    (item,) = await fetch(
        connection(),
        """SELECT lead.title, complaint_item.verdict, complaint.decided_at,
               complaint.decide_by > leadgate_clock() AS in_time
           FROM complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
           JOIN delivery ON delivery.id = complaint_item.delivery_id
           JOIN lead ON lead.id = delivery.lead_id""",
    )
    assert tuple(item) == (DISPUTED_LEAD.title, "UNDER_REVIEW", None, True)


async def test_one_message_of_the_demo_is_refused_and_given_up(database: Database, tmp_path: Path) -> None:
    """A notice that the law requires, so the operator is told; after a retry, it is the same."""
    await seed(settings(database))
    sender = Sender(CONTEXT, MailFiles(FORM, tmp_path))
    await sender.send_due()
    sql = """SELECT dispatch.id, dispatch.attempts, decision.rule_id, lead.title, outbox_message.template
             FROM dispatch JOIN decision ON decision.id = dispatch.retry_decision_id
             JOIN lead ON lead.id = dispatch.lead_id
             JOIN outbox_message ON outbox_message.id = dispatch.message_id WHERE dispatch.state = 'DEAD'"""
    (dead,) = await fetch(connection(), sql)
    assert tuple(dead)[1:] == (1, "refused_permanently", UNREACHABLE_LEAD.title, "contact_disclosed")
    told = await fetch(connection(), "SELECT FROM feed_event WHERE kind = 'NOTICE_UNDELIVERED'")
    assert len(told) == 1
    await retry_dispatches(await user(people.OPERATOR), [dead["id"]], idempotency_key="retry")
    await sender.send_due()
    (again,) = await fetch(connection(), sql)
    assert (again["id"], again["attempts"]) == (dead["id"], 2)


async def test_the_books_of_the_demo_were_reconciled_once_and_agree(database: Database) -> None:
    for _ in range(2):
        await seed(settings(database))
    (run,) = await fetch(connection(), "SELECT findings FROM reconciliation_run")
    assert run["findings"] == 0
