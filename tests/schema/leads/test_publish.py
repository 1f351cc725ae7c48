"""What `leadPublish` accepts and refuses: every field, several errors together, no contact data in public."""

from typing import Any
from uuid import UUID

import pytest

from models.base.database import connection
from models.base.ids import new_id
from models.tables import User
from schema.graphql.ids import write_id
from tests.support.api import Api, Json
from tests.support.applied import CONTACT_PHONE, LEAD, Applied
from tests.support.invariants import snapshot
from tests.support.marketplace import START
from tests.support.mutation_calls import attempt, call, input_fields, refusals
from tests.support.reading import erase, row, rows_of
from tests.support.viewers import Kind

pytestmark = pytest.mark.usefixtures("quiet_logs")

LEAD_FIELDS = """lead { id title brief category city country budgetMin budgetMax currency source fee closesAt
  visibility { verdict ruleId } contact { fullName organisation email phone timeZone } }"""

# (path, value, code of the refusal or None)
TABLE: list[tuple[str, Any, str | None]] = [
    ("title", "", "REQUIRED"),
    ("title", " \t ", "REQUIRED"),
    ("title", "x" * 201, "INVALID"),
    ("title", "A roof\nin spring", "INVALID"),
    ("title", "A roof\x00", "INVALID"),
    ("title", "A \u202eroof", "INVALID"),
    ("title", "x" * 200, None),
    ("title", "גג חדש 🏠 für März", None),
    ("brief", "", "REQUIRED"),
    ("brief", "x" * 5_001, "INVALID"),
    ("brief", "tiles\x1b[31m", "INVALID"),
    ("brief", "x" * 5_000, None),
    ("brief", "line\r\nline\tcell 👩‍👩‍👧 سقف جديد", None),
    ("category", "", "REQUIRED"),
    ("category", "x" * 101, "INVALID"),
    ("category", "a\nb", "INVALID"),
    ("country", "", "INVALID"),
    ("country", "XX", "INVALID"),
    ("country", "\x00", "INVALID"),
    ("country", "x" * 5_000, "INVALID"),
    ("country", "germany", None),
    ("city", "x" * 101, "INVALID"),
    ("city", "Ber\x00lin", "INVALID"),
    ("city", "", None),
    ("city", None, None),
    ("budgetMin", -1, "INVALID"),
    ("budgetMin", 2**31 - 1, None),
    ("budgetMax", -1, "INVALID"),
    ("budgetMax", 0, None),
    ("currency", "EURO", "INVALID"),
    ("currency", "\x00", "INVALID"),
    ("currency", "pln", None),
    ("source", "WEBINAR", None),
    ("fee", -1, "INVALID"),
    ("fee", 1_000_001, "INVALID"),
    ("fee", 0, None),
    ("market", "nowhere", "NOT_FOUND"),
    ("market", "", "NOT_FOUND"),
    ("market", "main\x00", "NOT_FOUND"),
    ("market", "x" * 5_000, "NOT_FOUND"),
    ("idempotencyKey", "", "INVALID"),
    ("idempotencyKey", "k" * 201, "INVALID"),
    ("idempotencyKey", "a\x00key", "INVALID"),
    ("idempotencyKey", "a key", None),
    ("prospectId", "", "NOT_FOUND"),
    ("prospectId", write_id("Prospect", UUID(int=7)), "NOT_FOUND"),
    ("contact.fullName", "", "REQUIRED"),
    ("contact.fullName", "x" * 201, "INVALID"),
    ("contact.fullName", "Rita\x00", "INVALID"),
    ("contact.fullName", "محمد الفاتح", None),
    ("contact.organisation", "x" * 201, "INVALID"),
    ("contact.organisation", "\x7f", "INVALID"),
    ("contact.organisation", "", None),
    ("contact.email", "rita at x", "INVALID"),
    ("contact.email", "rita@localhost", "INVALID"),
    ("contact.email", f"{'r' * 250}@x.example", "INVALID"),
    ("contact.email", "", "REQUIRED"),
    ("contact.email", None, "REQUIRED"),
    ("contact.phone", "12", "INVALID"),
    ("contact.phone", "+49\x00170", "INVALID"),
    ("contact.phone", "030 5550 1234", None),
    ("contact.phoneExtension", "x1", "INVALID"),
    ("contact.linkedinUrl", "javascript:alert(1)", "INVALID"),
    ("contact.linkedinUrl", "https://evil.example/in/rita", "INVALID"),
    ("contact.linkedinUrl", "linkedin.com/in/rita-fake", None),
    ("contact.meetingUrl", "https://user:word@meet.example/x", "INVALID"),
    ("contact.meetingUrl", "https://meet.example/\x00", "INVALID"),
    ("contact.meetingUrl", "https://meet.example/rita", None),
    ("contact.preferredChannel", "CHAT", None),
    ("contact.timeZone", "../../etc/passwd", "INVALID"),
    ("contact.timeZone", "Mars/Olympus", "INVALID"),
    ("contact.timeZone", "Europe/Berlin", None),
]
NASTY = [
    *("\x00", "a\x00b", "\x1f", "\x7f", "\u202e", "\ufeff", "\ufffe", "\U0010ffff", "\u200d", "e\u0301" * 90),
    *(
        "'; DROP TABLE lead; --",
        "%s%n%x",
        "{city}",
        "$1",
        "\\",
        '"',
        "👩‍👩‍👧‍👦" * 20,
        "ﷺ" * 200,
        " " * 3_000,
        "٣" * 9,
    ),
]


def _with(applied: Applied, **changed: object) -> Json:
    """Return the valid input with some paths changed."""
    given: Json = {**LEAD, "market": applied.place.market.code, "contact": {**LEAD["contact"]}}
    for path, value in changed.items():
        inside = path.startswith("contact.")
        (given["contact"] if inside else given)[path.removeprefix("contact.")] = value
    return given


def test_the_table_has_every_field_of_the_input() -> None:
    """A new field fails this test until its limits are in the table."""
    listed = {path for path, _, _ in TABLE}
    fields = input_fields("leadPublish")
    inner = fields["contact"].type.of_type.fields
    assert listed == {*fields.keys() - {"contact"}, *(f"contact.{name}" for name in inner)}


@pytest.mark.parametrize(("path", "value", "code"), TABLE)
async def test_a_field_is_accepted_or_refused_with_its_path(
    api: Api, applied: Applied, path: str, value: object, code: str | None
) -> None:
    """The refusal has the path, never quotes the value, and changes nothing."""
    client = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    payload = await call(client, "leadPublish", _with(applied, **{path: value}), "lead { id }")
    if code is None:
        assert payload["userErrors"] == []
        assert payload["lead"] is not None
        return
    assert refusals(payload) == [(code, path)]
    assert payload["lead"] is None
    if isinstance(value, str) and len(value) > 5:
        assert value not in payload["userErrors"][0]["message"]
    assert await snapshot(connection()) == before


async def test_all_invalid_fields_are_reported_together(api: Api, applied: Applied) -> None:
    """Eight invalid fields are eight user errors."""
    client = await applied.client(api, Kind.PROSPECT)
    wrong = {
        "title": "",
        "brief": "\x00",
        "country": "Atlantis",
        "currency": "XXXX",
        "budgetMin": 5,
        "budgetMax": 4,
        "contact.email": "rita",
        "contact.phone": "12",
        "contact.timeZone": "Mars",
    }
    payload = await call(client, "leadPublish", _with(applied, **wrong))
    assert set(refusals(payload)) == {
        ("REQUIRED", "title"),
        ("INVALID", "brief"),
        ("INVALID", "country"),
        ("INVALID", "currency"),
        ("INVALID", "budgetMin"),
        ("INVALID", "contact.email"),
        ("INVALID", "contact.phone"),
        ("INVALID", "contact.timeZone"),
    }


@pytest.mark.parametrize("field", ["title", "brief", "category", "city"])
@pytest.mark.parametrize(
    "text",
    [
        "Write to rita.fake@x.example",
        "rita.fake (at) x (dot) example",
        f"Call {CONTACT_PHONE}",
        "Call 202 555 0161",
        "See https://roofs.example/rita",
        "Rita Fake-Sample needs it",
        "For Sample Roofs Ltd",
    ],
)
async def test_contact_data_in_public_text_is_refused(
    api: Api, applied: Applied, field: str, text: str
) -> None:
    """Readings of S1: addresses, numbers, links, the contact's name and organisation."""
    given = _with(
        applied,
        **{field: text, "contact.phone": CONTACT_PHONE, "contact.organisation": "Sample Roofs Ltd"},
    )
    before = await snapshot(connection())
    for kind in (Kind.PROSPECT, Kind.OPERATOR):
        payload = await call(await applied.client(api, kind), "leadPublish", given)
        assert refusals(payload) == [("INVALID", field)]
        assert "rita" not in payload["userErrors"][0]["message"].lower()
    after = await snapshot(connection())
    assert {table: rows for table, rows in after.items() if table != "refresh_token"} == {
        table: rows for table, rows in before.items() if table != "refresh_token"
    }


async def test_a_name_that_is_split_over_two_public_fields_is_refused(api: Api, applied: Applied) -> None:
    """Readings of S1: texts that are shown together are searched together."""
    given = _with(
        applied,
        **{"title": "A roof for Rita", "brief": "Baker is my name.", "contact.fullName": "Rita Baker"},
    )
    payload = await call(await applied.client(api, Kind.PROSPECT), "leadPublish", given)
    assert refusals(payload) == [("INVALID", "title")]
    given = _with(
        applied, **{"title": "A roof", "brief": "Baker is my name.", "contact.fullName": "Rita Baker"}
    )
    assert refusals(await call(await applied.client(api, Kind.PROSPECT), "leadPublish", given)) == []


async def test_no_text_causes_a_fault_in_any_field(api: Api, applied: Applied) -> None:
    """Hostile text in every text field is accepted or refused, never an internal error."""
    client = await applied.client(api, Kind.OPERATOR)
    paths = dict.fromkeys(path for path, value, _ in TABLE if isinstance(value, str))
    for path in paths:
        for text in NASTY:
            answer = await attempt(client, "leadPublish", _with(applied, **{path: text}), LEAD_FIELDS)
            assert answer.status in {200, 400}, (path, text)
            assert "INTERNAL" not in answer.codes, (path, text)


async def test_half_a_character_is_refused_with_the_request(api: Api, applied: Applied) -> None:
    """A lone surrogate, which JSON can contain but no text can store."""
    client = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    for path in ("title", "brief", "market", "contact.email", "contact.fullName"):
        answer = await attempt(client, "leadPublish", _with(applied, **{path: "a\ud800b"}))
        assert (answer.status, answer.codes) == (400, ["BAD_REQUEST"])
    assert await snapshot(connection()) == before


async def test_a_prospect_publishes_its_own_lead_and_sees_its_contact_data(
    api: Api, applied: Applied
) -> None:
    """Without a market, it is the default one; the fee is the market's."""
    client = await applied.client(api, Kind.PROSPECT)
    payload = await call(client, "leadPublish", _with(applied), LEAD_FIELDS)
    assert payload["userErrors"] == []
    lead = payload["lead"]
    assert (lead["title"], lead["currency"], lead["source"], lead["fee"]) == (
        "A new roof",
        "EUR",
        "OPPORTUNITY",
        10,
    )
    assert lead["contact"]["email"] == "rita.fake@x.example"
    assert lead["contact"]["timeZone"] == "Europe/Berlin"
    assert lead["closesAt"] == "2026-04-01T09:00:00Z"
    assert (await row("lead", title="A new roof"))["prospect_id"] == applied.place.prospect.id


async def test_only_operators_publish_for_others_or_choose_the_fee(api: Api, applied: Applied) -> None:
    """They cannot publish for a prospect who does not exist or was erased."""
    other = write_id("Prospect", applied.place.other_prospect.id)
    own = write_id("Prospect", applied.place.prospect.id)
    prospect = await applied.client(api, Kind.PROSPECT)
    operator = await applied.client(api, Kind.OPERATOR)
    before = await snapshot(connection())
    for nobodys in (other, write_id("Prospect", new_id())):
        payload = await call(prospect, "leadPublish", _with(applied, prospectId=nobodys))
        assert refusals(payload) == [("FORBIDDEN", "prospectId")]
    assert refusals(await call(prospect, "leadPublish", _with(applied, fee=1))) == [("FORBIDDEN", "fee")]
    assert await snapshot(connection()) == before
    for client, prospect_id in ((prospect, own), (operator, other)):
        payload = await call(client, "leadPublish", _with(applied, prospectId=prospect_id), "lead { id }")
        assert payload["userErrors"] == []
    await erase(applied.place.other_prospect.id, START)
    payload = await call(operator, "leadPublish", _with(applied, prospectId=other))
    assert refusals(payload) == [("NOT_FOUND", "prospectId")]


async def test_an_operators_lead_creates_a_prospect_and_access_is_logged(api: Api, applied: Applied) -> None:
    """Contact data in the payload is an access like any other; without it, nothing is logged."""
    client = await applied.client(api, Kind.OPERATOR)
    await call(client, "leadPublish", _with(applied), "lead { id }")
    assert await rows_of("contact_access") == []
    await call(client, "leadPublish", _with(applied, fee=3), LEAD_FIELDS)
    lead = await row("lead", title="A new roof", fee=3)
    assert await User.filter(prospect_id=lead["prospect_id"]).count() == 0
    look = await row("contact_access")
    assert (look["lead_id"], look["user_id"]) == (lead["id"], applied.place.operator.user_id)
