"""Text messages in the API: the number, what is switched on, what is owed, and who sees what."""

import pytest

from models.applications.answer import accept
from models.process.wake import Silence
from rules.messages.dispatch import DispatchChannel
from tests.support.api import Api, Client, Json
from tests.support.applied import Applied
from tests.support.messages import FakeChannel, send_all, want_texts
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

PREFERENCES = "{ viewer { notificationPreferences { group channel on switchable } } }"
NUMBER = "+4915112345678"
ON: Json = {"group": "APPLICATIONS", "channel": "SMS", "on": True}
ENTRIES = "ledger(first: 5, unit: EUR_CENTS) { nodes { amount balanceAfter unit kind subject { id } } }"


async def _texts(client: Client) -> list[tuple[str, bool, bool]]:
    shown = (await client.ask(PREFERENCES)).data["viewer"]["notificationPreferences"]
    return [(one["group"], one["on"], one["switchable"]) for one in shown if one["channel"] == "SMS"]


async def test_texts_are_off_until_a_user_with_a_number_switches_them_on(api: Api, applied: Applied) -> None:
    client = await applied.client(api, Kind.OWNER)
    assert await _texts(client) == [("APPLICATIONS", False, True), ("LEADS", False, True)]
    assert refusals(await call(client, "notificationPreferenceSet", ON)) == [("REQUIRED", "channel")]
    assert await _texts(client) == [("APPLICATIONS", False, True), ("LEADS", False, True)]
    given = {"mobile": "+49 151 12345678"}
    payload = await call(client, "userSettingsUpdate", given, "user { mobile }")
    assert payload == {"user": {"mobile": NUMBER}, "userErrors": []}
    await call(client, "notificationPreferenceSet", ON)
    assert await _texts(client) == [("APPLICATIONS", True, True), ("LEADS", False, True)]
    assert await _texts(await applied.client(api, Kind.MEMBER)) == [
        ("APPLICATIONS", False, True),
        ("LEADS", False, True),
    ]


@pytest.mark.parametrize("kind", [Kind.PROSPECT, Kind.EMPLOYEE, Kind.AGENT, Kind.OPERATOR])
async def test_users_who_act_for_no_account_cannot_have_texts(api: Api, applied: Applied, kind: Kind) -> None:
    """An account pays for them."""
    client = await applied.client(api, kind)
    await call(client, "userSettingsUpdate", {"mobile": NUMBER})
    assert await _texts(client) == []
    assert refusals(await call(client, "notificationPreferenceSet", ON)) == [("CONFLICT", "group")]


@pytest.mark.parametrize(
    "text", ["0151 12345678", "+499001234567", "+49110", "nobody", "+4915112345678 ext. 5"]
)
async def test_a_number_that_cannot_receive_texts_is_refused_and_not_repeated(
    api: Api, applied: Applied, text: str
) -> None:
    client = await applied.client(api, Kind.OWNER)
    await call(client, "userSettingsUpdate", {"mobile": NUMBER})
    payload = await call(client, "userSettingsUpdate", {"mobile": text}, "user { mobile }")
    assert refusals(payload) == [("INVALID", "mobile")]
    assert text not in payload["userErrors"][0]["message"]
    stored = (await client.ask("{ viewer { user { mobile } } }")).data["viewer"]["user"]
    assert stored == {"mobile": NUMBER}


async def test_a_number_outside_its_numbering_plan_is_accepted_with_a_warning_in_the_users_language(
    api: Api, applied: Applied
) -> None:
    """S4: possible, but not valid. Plans change, and only a text shows whether somebody has the number."""
    client = await applied.client(api, Kind.OWNER)
    await call(client, "userSettingsUpdate", {"locale": "de"})
    given = {"mobile": "+49170123456789"}
    payload = await call(client, "userSettingsUpdate", given, "user { mobile } warnings")
    (warning,) = payload.pop("warnings")
    assert payload == {"user": given, "userErrors": []}
    assert "Nummernplan" in warning
    payload = await call(client, "userSettingsUpdate", {"mobile": NUMBER}, "warnings")
    assert payload["warnings"] == []


async def test_an_empty_text_removes_the_number(api: Api, applied: Applied) -> None:
    client = await applied.client(api, Kind.OWNER)
    await call(client, "userSettingsUpdate", {"mobile": NUMBER})
    payload = await call(client, "userSettingsUpdate", {"mobile": " "}, "user { mobile }")
    assert payload["user"] == {"mobile": None}


async def test_a_charge_is_in_the_ledger_of_cents_and_not_in_that_of_points(
    api: Api, applied: Applied
) -> None:
    """The account and operators see it, alone and in a list of accounts; the dispatch hints at the number."""
    await want_texts(applied.viewer(Kind.OWNER).user_id)
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all(FakeChannel(kind=DispatchChannel.SMS, charged=True))
    client = await applied.client(api, Kind.OWNER)
    entry = {"amount": -10, "balanceAfter": -10, "unit": "EUR_CENTS", "kind": "SMS_CHARGE", "subject": None}
    account = (await client.ask(f"{{ viewer {{ account {{ points {ENTRIES} }} }} }}")).data["viewer"][
        "account"
    ]
    assert account["ledger"]["nodes"] == [entry]
    points = (await client.ask("{ viewer { account { ledger { nodes { unit } } } } }")).data["viewer"]
    assert {node["unit"] for node in points["account"]["ledger"]["nodes"]} == {"POINTS"}
    operator = await applied.client(api, Kind.OPERATOR)
    accounts = (await operator.ask(f"{{ accounts {{ nodes {{ {ENTRIES} }} }} }}")).data["accounts"]["nodes"]
    assert [entry] in [account["ledger"]["nodes"] for account in accounts]
    document = "{ dispatches(filter: { channel: SMS }) { nodes { addressHint costCents necessity } } }"
    shown = {"addressHint": "+49***78", "costCents": 10, "necessity": "OPTIONAL"}
    for viewer in (client, operator):
        assert (await viewer.ask(document)).data["dispatches"]["nodes"] == [shown]
