"""Dispatches in the API: who sees which, what is shown of them, and what operators do with them."""

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.chat.send import send_message
from models.messages.expand import expand_messages
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.expand import expand_webhooks
from models.process.wake import Silence
from rules.messages.retry import DispatchOutcome as Outcome
from schema.graphql.ids import write_id
from tests.support.api import Api, Json
from tests.support.applied import Applied
from tests.support.marketplace import CONTACT_VALUES, EMAIL
from tests.support.messages import FakeChannel, failed, one_dispatch, send_all
from tests.support.mutation_calls import call, refusals
from tests.support.query_recorder import recorded_statements
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.viewers import SIGNED_IN, Kind

pytestmark = pytest.mark.usefixtures("without_events")

EVERYTHING = """{ dispatches(first: 100) { nodes {
  id version channel template necessity state recipient addressHint createdAt notBefore nextAttemptAt
  expiresAt sentAt receipt costCents comment subject { __typename id }
  decision { outcome ruleId reason message } retryDecision { outcome ruleId }
  attempts { number outcome code detail } preview { subject text html headers } } } }"""


async def _listed(api: Api, applied: Applied, kind: Kind) -> list[Json]:
    client = await applied.client(api, kind)
    nodes: list[Json] = (await client.ask(EVERYTHING)).data["dispatches"]["nodes"]
    return nodes


async def test_everybody_sees_what_was_sent_to_them_and_operators_see_all(api: Api, applied: Applied) -> None:
    """Nobody else's: not even a colleague's."""
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all()
    seen = {
        kind: sorted(node["template"] for node in await _listed(api, applied, kind)) for kind in SIGNED_IN
    }
    own = ["contact_available"]
    assert seen == {
        **{kind: [] for kind in SIGNED_IN},
        Kind.OWNER: own,
        Kind.MEMBER: own,
        Kind.PROSPECT: ["application_received", "contact_disclosed"],
        Kind.OPERATOR: [
            "application_received",
            "contact_available",
            "contact_available",
            "contact_disclosed",
        ],
    }
    answer = await api.nobody.ask(EVERYTHING)
    assert answer.codes == ["UNAUTHENTICATED"]


async def test_a_dispatch_shows_who_it_is_for_without_an_address(api: Api, applied: Applied) -> None:
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all()
    letters = {node["recipient"]: node for node in await _listed(api, applied, Kind.OPERATOR)}
    assert set(letters) == {"The prospect", "Owner Fake, Fake Vendor Ltd", "Member Fake, Fake Vendor Ltd"}
    owners = letters["Owner Fake, Fake Vendor Ltd"]
    assert owners["addressHint"] == "o***@u***.example"
    assert owners["subject"] == {"__typename": "Application", "id": applied.application}
    assert (owners["state"], owners["decision"]["outcome"], owners["decision"]["ruleId"]) == (
        "SENT",
        "SEND",
        "sent",
    )
    assert owners["decision"]["message"] == "Nothing prevents the message from being sent."


async def test_the_subject_of_a_webhook_about_a_chat_is_the_message_as_the_viewer_sees_it(
    api: Api, applied: Applied
) -> None:
    endpoint_id = await make_stored_endpoint(applied.place.vendor.id, [WebhookEvent.CHAT_MESSAGE])
    prospect = applied.place.prospect.viewer
    message = await send_message(prospect, Silence(), applied.application_id, f"Write to {EMAIL}", "key")
    while (await expand_webhooks()).feeds:
        pass
    client = await applied.client(api, Kind.OWNER)
    document = """query ($id: ID!, $about: ID) { node(id: $id) { ... on WebhookEndpoint {
        dispatches(filter: {subjectId: $about}) { nodes {
            template subject { ... on ChatMessage { id text } } } } } } }"""
    subject = {"id": write_id("ChatMessage", message), "text": "Write to [e-mail]"}
    for about, found in (
        (None, [{"template": "webhook_chat", "subject": subject}]),
        (subject["id"], [{"template": "webhook_chat", "subject": subject}]),
        (write_id("ChatMessage", applied.application_id), []),
    ):
        answer = await client.ask(document, id=write_id("WebhookEndpoint", endpoint_id), about=about)
        assert answer.data["node"]["dispatches"]["nodes"] == found


async def test_attempts_are_for_operators_and_previews_for_the_recipient_too(
    api: Api, applied: Applied
) -> None:
    await send_all(FakeChannel(failed(detail="451 4.3.0")))
    (own,) = await _listed(api, applied, Kind.PROSPECT)
    (operators,) = await _listed(api, applied, Kind.OPERATOR)
    assert own["attempts"] == []
    assert operators["attempts"] == [
        {"number": 1, "outcome": "TEMPORARY", "code": "not_connected", "detail": "451 4.3.0"}
    ]
    assert operators["retryDecision"] == {"outcome": "RETRY", "ruleId": "again"}
    for seen in (own, operators):
        assert seen["preview"]["subject"] == "Fake Vendor Ltd applied for “Website relaunch”"
        assert "/answer/…#accept" in seen["preview"]["text"]
        assert "/answer/…#accept" in seen["preview"]["html"]


async def test_a_template_of_a_newer_version_does_not_break_the_list(api: Api, applied: Applied) -> None:
    """While servers are replaced one after the other."""
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all()
    await fetch(
        connection(),
        "UPDATE outbox_message SET template = 'of_tomorrow' WHERE template = 'application_received'",
    )
    listed = await _listed(api, applied, Kind.OPERATOR)
    assert {one["template"] for one in listed} == {"contact_available", "contact_disclosed"}


async def test_only_the_prospects_own_preview_greets_by_name(api: Api, applied: Applied) -> None:
    """To operators, a prospect is nameless everywhere in a dispatch."""
    await send_all()
    await fetch(
        connection(),
        "UPDATE users SET name = 'Petra Halloran' WHERE id = $1",
        applied.place.prospect.viewer.user_id,
    )
    (own,) = await _listed(api, applied, Kind.PROSPECT)
    (operators,) = await _listed(api, applied, Kind.OPERATOR)
    assert own["preview"]["text"].startswith("Hello Petra Halloran,")
    assert operators["preview"]["text"].startswith("Hello,")
    assert "Halloran" not in str(operators)


async def test_a_dispatch_that_was_never_due_says_what_would_be_decided(api: Api, applied: Applied) -> None:
    """Nothing is recorded by looking."""
    await expand_messages()
    (own,) = await _listed(api, applied, Kind.PROSPECT)
    assert (own["state"], own["decision"]["ruleId"], own["attempts"]) == ("WAITING", "sent", [])
    assert await fetch(connection(), "SELECT FROM decision WHERE ruleset = 'dispatch'") == []


async def test_no_dispatch_shows_contact_data(api: Api, applied: Applied) -> None:
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all(FakeChannel(failed(detail="550 5.1.1")))
    for kind in SIGNED_IN:
        shown = str(await _listed(api, applied, kind))
        assert not [value for value in CONTACT_VALUES if value in shown]


async def test_the_number_of_statements_does_not_depend_on_the_number_of_dispatches(
    api: Api, applied: Applied
) -> None:
    """With decisions, attempts, subjects and previews of two templates."""
    client = await applied.client(api, Kind.OPERATOR)
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all()
    await fetch(connection(), _COPY)  # so that some wait, and some were sent
    costs = []
    for _ in range(2):
        with recorded_statements() as statements:
            assert (await client.ask(EVERYTHING)).data
        costs.append(len(statements))
        for _again in range(3):
            await fetch(connection(), _COPY)
    assert costs[0] == costs[1]


_COPY = """WITH copied AS (
        INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
            event_id, parameters, idempotency_key, created_at, not_before, expanded_at)
        SELECT gen_random_uuid(), template, necessity, grouping, recipient, subject, policy_id, event_id,
            parameters, gen_random_uuid()::text, created_at, not_before, expanded_at
        FROM outbox_message WHERE template IN ('application_received', 'contact_available')
        RETURNING id)
    INSERT INTO dispatch (id, message_id, channel, user_id, due_at, state, version, attempts)
    SELECT gen_random_uuid(), copied.id, 'EMAIL', (SELECT id FROM users LIMIT 1), now(), 'WAITING', 1, 0
    FROM copied"""


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ("state: [DEAD, UNCERTAIN]", 1),
        ("state: [SENT]", 0),
        ("channel: SMS", 0),
        ('template: "application_received"', 1),
        ('template: "nothing"', 0),
        ("state: []", 1),
        ('createdFrom: "2026-03-02T09:00:00Z"', 1),
        ('createdUntil: "2026-03-02T09:00:00Z"', 0),
    ],
)
async def test_the_list_is_filtered(api: Api, applied: Applied, criteria: str, found: int) -> None:
    await send_all(FakeChannel(failed(Outcome.PERMANENT)))
    client = await applied.client(api, Kind.OPERATOR)
    answer = await client.ask(f"{{ dispatches(filter: {{{criteria}}}) {{ nodes {{ id }} }} }}")
    assert len(answer.data["dispatches"]["nodes"]) == found


async def test_the_list_is_filtered_by_its_subject(api: Api, applied: Applied) -> None:
    await send_all()
    client = await applied.client(api, Kind.OPERATOR)
    document = "query ($id: ID!) { dispatches(filter: {subjectId: $id}) { nodes { id } } }"
    assert len((await client.ask(document, id=applied.application)).data["dispatches"]["nodes"]) == 1
    answer = await client.ask(document, id=write_id("Lead", applied.place.lead.id))
    assert answer.codes == ["INVALID"]


async def test_a_dead_dispatch_is_retried_once_per_key(api: Api, applied: Applied) -> None:
    await send_all(FakeChannel(failed(Outcome.PERMANENT)))
    dead = await one_dispatch("application_received")
    operator = await applied.client(api, Kind.OPERATOR)
    given = {"ids": [write_id("Dispatch", dead["id"])], "idempotencyKey": "again"}
    payload = await call(operator, "dispatchRetry", given, "dispatches { id state }")
    assert payload["dispatches"] == [{"id": given["ids"][0], "state": "WAITING"}]
    await send_all(FakeChannel(failed(Outcome.PERMANENT)))
    payload = await call(operator, "dispatchRetry", given, "dispatches { state }")
    assert payload["dispatches"] == [{"state": "DEAD"}]
    payload = await call(operator, "dispatchRetry", {**given, "ids": []})
    assert refusals(payload) == [("IDEMPOTENCY_CONFLICT", "idempotencyKey")]
    payload = await call(operator, "dispatchRetry", {**given, "idempotencyKey": " "})
    assert refusals(payload) == [("INVALID", "idempotencyKey")]


async def test_only_what_failed_is_retried(api: Api, applied: Applied) -> None:
    await send_all()
    sent = await one_dispatch("application_received")
    operator = await applied.client(api, Kind.OPERATOR)
    given = {"ids": [write_id("Dispatch", sent["id"])], "idempotencyKey": "again"}
    assert refusals(await call(operator, "dispatchRetry", given)) == [("CONFLICT", "ids")]
    given = {"ids": [], "idempotencyKey": "none"}
    assert refusals(await call(operator, "dispatchRetry", given)) == [("REQUIRED", "ids")]


@pytest.mark.parametrize(("arrived", "state"), [(True, "SENT"), (False, "WAITING")])
async def test_an_uncertain_dispatch_is_settled(
    api: Api, applied: Applied, arrived: bool, state: str
) -> None:
    await send_all(FakeChannel(failed(Outcome.UNCERTAIN), repeatable=False, charged=True))
    uncertain = await one_dispatch("application_received")
    operator = await applied.client(api, Kind.OPERATOR)
    given = {
        "dispatchId": write_id("Dispatch", uncertain["id"]),
        "arrived": arrived,
        "comment": "They called.",
        "expectedVersion": uncertain["version"] - 1,
    }
    stale = await call(operator, "dispatchSettle", given)
    assert refusals(stale) == [("STALE_VERSION", "expectedVersion")]
    empty = await call(operator, "dispatchSettle", {**given, "comment": " "})
    assert refusals(empty) == [("REQUIRED", "comment")]
    given["expectedVersion"] = uncertain["version"]
    payload = await call(operator, "dispatchSettle", given, "dispatch { state comment }")
    assert payload["dispatch"] == {"state": state, "comment": "They called."}
    payload = await call(operator, "dispatchSettle", {**given, "expectedVersion": None})
    assert refusals(payload) == [("CONFLICT", "dispatchId")]


async def test_a_waiting_dispatch_is_cancelled_unless_the_law_requires_it(api: Api, applied: Applied) -> None:
    await send_all(FakeChannel(failed()))
    waiting = await one_dispatch("application_received")
    operator = await applied.client(api, Kind.OPERATOR)
    given = {"ids": [write_id("Dispatch", waiting["id"])], "reason": "Sent by post."}
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'REQUIRED_BY_LAW'")
    assert refusals(await call(operator, "dispatchCancel", given)) == [("CONFLICT", "ids")]
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'OPTIONAL'")
    for _ in range(2):
        payload = await call(operator, "dispatchCancel", given, "dispatches { state comment }")
        assert payload["dispatches"] == [{"state": "CANCELLED", "comment": "Sent by post."}]


async def test_preferences_list_the_groups_that_are_sent_and_why_some_stay(
    api: Api, applied: Applied
) -> None:
    client = await applied.client(api, Kind.OWNER)
    document = "{ viewer { notificationPreferences { group channel on switchable reason } } }"
    why = "The contract or the law requires these messages."
    shown = (await client.ask(document)).data["viewer"]["notificationPreferences"]
    shown = [one for one in shown if one["channel"] == "EMAIL"]
    assert [(one["group"], one["on"], one["switchable"], one["reason"]) for one in shown] == [
        ("APPLICATIONS", True, False, why),
        ("CHAT", True, True, None),
        ("LEADS", True, True, None),
        ("COMPLAINTS", True, True, None),
        ("CALLS", True, False, why),
    ]
    given = {"group": "LEADS", "channel": "EMAIL", "on": False}
    for _ in range(2):
        payload = await call(client, "notificationPreferenceSet", given, "preference { group on }")
        assert payload["preference"] == {"group": "LEADS", "on": False}
    shown = (await client.ask(document)).data["viewer"]["notificationPreferences"]
    shown = [one for one in shown if one["channel"] == "EMAIL"]
    assert [one["on"] for one in shown] == [True, True, False, True, True]
    others = await applied.client(api, Kind.MEMBER)
    shown = (await others.ask(document)).data["viewer"]["notificationPreferences"]
    shown = [one for one in shown if one["channel"] == "EMAIL"]
    assert [one["on"] for one in shown] == [True] * 5


@pytest.mark.parametrize(
    ("group", "channel"), [("APPLICATIONS", "EMAIL"), ("COMPLAINTS", "SMS"), ("CHAT", "SMS")]
)
async def test_what_is_required_or_not_sent_cannot_be_switched(
    api: Api, applied: Applied, group: str, channel: str
) -> None:
    client = await applied.client(api, Kind.OWNER)
    payload = await call(
        client, "notificationPreferenceSet", {"group": group, "channel": channel, "on": False}
    )
    assert refusals(payload) == [("CONFLICT", "group")]
