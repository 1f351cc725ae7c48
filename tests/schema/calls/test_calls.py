"""A call from the answer to the correction of its note, as the agent, the company and others see it."""

import asyncio
from datetime import timedelta

import pytest

from models.base.database import connection, fetch, fetch_one
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.schema.calls.conftest import CALLER, EMAIL, EXTENSION, PRIVATE, Called
from tests.support.api import Json
from tests.support.calls import NUMBER
from tests.support.database import Database
from tests.support.mutation_calls import call
from tests.support.viewers import Kind

ROUTES = """routes { standing routes { action number employee { displayName } said decision { ruleId } }
    skipped { action employee { displayName } decision { ruleId } } }"""
CALL = f"""call {{ id version state outcome flags caller callerShown closesAt agent {{ name me }}
    wantedEmployee {{ displayName }} summary attempts {{ ordinal result employee {{ displayName }} }}
    script {{ greeting vip {{ name note }} warnings askedFields {{ key required }} }} {ROUTES}
    note {{ version name phone concern answers {{ key value refused waived }} }}
    notices {{ channel employee {{ displayName }} decision {{ ruleId }} }} }}"""
FULL_NOTE: Json = {"name": "Jo Doe", "company": "Doe Ltd", "phone": "030 901821", "concern": "An invoice."}


async def answer(called: Called, name: str | None = "bea", key: str = "one", **given: object) -> Json:
    """The agent answers a call to the company, for an employee."""
    wanted = {} if name is None else {"employeeId": called.id(name)}
    made = {"dialled": NUMBER, "caller": CALLER + "17", "idempotencyKey": key, **wanted, **given}
    payload = await call(called.clients[Kind.AGENT], "callAnswer", made, CALL)
    assert payload["userErrors"] == []
    answered: Json = payload["call"]
    return answered


async def record(called: Called, made: Json, name: str, result: str, **given: object) -> Json:
    """The agent records an attempt."""
    given = {"idempotencyKey": f"{name}-{result}", **given}
    return await call(
        called.clients[Kind.AGENT],
        "callTransferRecord",
        {"callId": made["id"], "employeeId": called.id(name), "result": result, **given},
        f"{CALL} attempt {{ result messageForCaller decision {{ ruleId }} }}",
    )


async def finish(called: Called, made: Json, outcome: str = "MESSAGE_TAKEN", **given: object) -> Json:
    """The agent finishes the call."""
    note = {"note": FULL_NOTE, **given}
    return await call(
        called.clients[Kind.AGENT],
        "callFinish",
        {"callId": made["id"], "outcome": outcome, **note},
        f"{CALL} warnings notices {{ mail {{ ruleId }} smsCents cc employee {{ displayName }} }}",
    )


def codes(payload: Json) -> list[tuple[str, str]]:
    """The refusals: code and field."""
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


async def test_an_answer_has_the_whole_script_and_the_routes(called: Called) -> None:
    """S4.3, S4.13, S4.22: the wanted employee is away, the deputy gets the call; the VIP's note is shown."""
    made = await answer(called)
    assert (made["state"], made["outcome"], made["agent"]["me"]) == ("TALKING", None, True)
    assert made["caller"] == CALLER + "17"
    assert made["script"]["vip"] == {"name": "Ministry", "note": "Rides a bicycle."}
    assert "mein Name ist" in made["script"]["greeting"]
    transfer, message = made["routes"]["routes"]
    assert transfer["employee"] == {"displayName": "Agnes Tellier"}
    assert (transfer["number"], transfer["decision"]["ruleId"]) == (EXTENSION, "deputy_takes_all")
    assert (message["action"], message["number"]) == ("TAKE_MESSAGE", None)
    assert [one["decision"]["ruleId"] for one in made["routes"]["skipped"]] == ["appointment"]
    assert made["notices"] is None
    assert not [value for value in PRIVATE if value in str(made) and value != EXTENSION]


async def test_attempts_are_decided_again_and_leave_the_other_routes(called: Called) -> None:
    made = await answer(called)
    away = await record(called, made, "bea", "CALLING")
    assert codes(away) == [("REFUSED_BY_RULE", "employeeId")]
    tried = await record(called, made, "agnes", "CALLING")
    assert (tried["call"]["state"], tried["attempt"]["decision"]["ruleId"]) == (
        "CONSULTING",
        "deputy_takes_all",
    )
    ended = await record(called, made, "agnes", "NO_ANSWER")
    assert (ended["call"]["state"], ended["attempt"]["result"]) == ("TALKING", "NO_ANSWER")
    assert [one["result"] for one in ended["call"]["attempts"]] == ["NO_ANSWER"]
    assert [one["action"] for one in ended["call"]["routes"]["routes"]] == ["TAKE_MESSAGE"]
    again = await record(called, made, "agnes", "CALLING", idempotencyKey="again")
    assert codes(again) == [("REFUSED_BY_RULE", "employeeId")]
    repeated = await record(called, made, "agnes", "NO_ANSWER")
    assert repeated["attempt"]["result"] == "NO_ANSWER"


async def test_a_message_for_the_caller_ends_the_transfer(called: Called) -> None:
    """S4.18."""
    made = await answer(called, "agnes")
    missing = await record(called, made, "agnes", "MESSAGE")
    assert codes(missing) == [("REQUIRED", "messageForCaller")]
    left = await record(called, made, "agnes", "MESSAGE", messageForCaller="callback in 30 minutes")
    assert left["attempt"]["messageForCaller"] == "callback in 30 minutes"
    assert [one["decision"]["ruleId"] for one in left["call"]["routes"]["routes"]] == ["message_for_caller"]


async def test_a_call_that_was_put_through_takes_no_second_employee(called: Called) -> None:
    made = await answer(called, "agnes")
    accepted = await record(called, made, "agnes", "ACCEPTED")
    assert accepted["call"]["state"] == "TRANSFERRED"
    assert codes(await record(called, made, "bea", "ACCEPTED")) == [("CONFLICT", "callId")]
    done = await finish(called, made, "MESSAGE_TAKEN")
    assert (done["call"]["outcome"], done["notices"][0]["mail"]["ruleId"]) == (
        "TRANSFERRED",
        "after_transfer",
    )


async def test_a_message_needs_each_asked_field(called: Called) -> None:
    """S4.6, S4 R.asked: answered, refused by the caller, or waived."""
    made = await answer(called)
    missing = await finish(called, made, note={"name": "Jo Doe", "refused": ["COMPANY"]})
    assert codes(missing) == [("REQUIRED", "note.answers.PHONE"), ("REQUIRED", "note.answers.CONCERN")]
    row = await fetch_one(connection(), "SELECT count(*) AS n FROM call_note")
    assert row is not None
    assert row["n"] == 0
    done = await finish(called, made, note={**FULL_NOTE, "phone": "ask for Jo"})
    assert done["userErrors"] == []
    assert done["warnings"] == ["The number to call back cannot be read. It was stored as text. Check it."]
    assert done["call"]["note"]["phone"] == "ask for Jo"


async def test_a_finish_tells_the_company_once(called: Called) -> None:
    """The same note again gets the first answer, another one is a conflict that names callCorrect."""
    made = await answer(called, "agnes")
    done = await finish(called, made)
    assert (done["call"]["state"], done["call"]["outcome"]) == ("FINISHED", "MESSAGE_TAKEN")
    assert done["call"]["summary"] == "Jo Doe, Doe Ltd: An invoice."
    assert [(one["mail"]["ruleId"], one["cc"]) for one in done["notices"]] == [("full_note", [])]
    again = await finish(called, made)
    assert (again["userErrors"], again["notices"]) == ([], done["notices"])
    other = await finish(called, made, note={**FULL_NOTE, "concern": "Another one."})
    assert codes(other) == [("CONFLICT", "callId")]
    assert "callCorrect" in other["userErrors"][0]["message"]
    rows = await fetch(connection(), "SELECT template FROM outbox_message WHERE template LIKE 'call%'")
    assert [row["template"] for row in rows] == ["call_taken"]


async def test_a_correction_sends_one_amended_email(called: Called, database: Database) -> None:
    made = await answer(called, "agnes")
    done = await finish(called, made)
    given = {
        "callId": made["id"],
        "note": {**FULL_NOTE, "concern": "Two invoices."},
        "expectedVersion": done["call"]["version"],
    }
    agent = called.clients[Kind.AGENT]
    corrected = await call(agent, "callCorrect", given, CALL)
    assert (corrected["userErrors"], corrected["call"]["note"]["version"]) == ([], 2)
    assert codes(await call(agent, "callCorrect", given, CALL)) == [("STALE_VERSION", "expectedVersion")]
    rows = await fetch(
        connection(), "SELECT template FROM outbox_message WHERE template LIKE 'call%' ORDER BY position"
    )
    assert [row["template"] for row in rows] == ["call_taken", "call_amended"]
    await database.clock.advance(timedelta(days=1))
    late = {**given, "expectedVersion": corrected["call"]["version"]}
    assert codes(await call(agent, "callCorrect", late, CALL)) == [("CONFLICT", "callId")]
    assert (await call(called.clients[Kind.OPERATOR], "callCorrect", late, CALL))["userErrors"] == []


async def test_a_call_that_its_deadline_closed_is_corrected_not_finished(
    called: Called, database: Database
) -> None:
    """It reads as closed from the due time on, whether a worker has been there or not; no second email."""
    made = await answer(called, "agnes")
    await database.clock.advance(timedelta(hours=4))
    late = await finish(called, made)
    assert codes(late) == [("CONFLICT", "callId")]
    document = """query ($id: ID!) { node(id: $id) { ... on Call {
        state outcome flags closesAt closing { ruleId message } } } }"""
    expected = {
        "state": "FINISHED",
        "outcome": "UNFINISHED",
        "flags": ["NEVER_ENDED"],
        "closesAt": None,
        "closing": {"ruleId": "hangup_missing", "message": "Nothing has been heard of it for 4 hours."},
    }
    owner = called.clients[Kind.OWNER]
    assert (await owner.ask(document, id=made["id"])).data["node"] == expected
    await sweep(Silence())
    assert (await owner.ask(document, id=made["id"])).data["node"] == expected


async def test_a_call_says_why_it_is_open_and_when_it_is_closed(called: Called) -> None:
    made = await answer(called, "agnes")
    document = "query ($id: ID!) { node(id: $id) { ... on Call { closesAt closing { ruleId changesAt } } } }"
    owner = called.clients[Kind.OWNER]
    seen = (await owner.ask(document, id=made["id"])).data["node"]
    assert seen["closing"] == {"ruleId": "talking", "changesAt": seen["closesAt"]}
    await finish(called, made)
    seen = (await owner.ask(document, id=made["id"])).data["node"]
    assert seen == {"closesAt": None, "closing": {"ruleId": "finished", "changesAt": None}}


async def test_a_faq_answer_names_its_entry(called: Called) -> None:
    """S4.23."""
    made = await answer(called)
    assert codes(await finish(called, made, "FAQ_ANSWERED")) == [("REQUIRED", "faqEntryId")]
    assert codes(await finish(called, made, "UNFINISHED")) == [("INVALID", "outcome")]
    assert codes(await finish(called, made, "TRANSFERRED")) == [("CONFLICT", "outcome")]


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.EMPLOYEE, Kind.PROSPECT, Kind.OPERATOR])
async def test_only_agents_answer(called: Called, kind: Kind) -> None:
    given = {"dialled": NUMBER, "idempotencyKey": "mine"}
    refused = await call(called.clients[kind], "callAnswer", given, CALL)
    assert [error["code"] for error in refused["userErrors"]] == ["FORBIDDEN"]
    assert await fetch(connection(), "SELECT FROM call") == []


async def test_a_number_of_nobody_is_not_found(called: Called) -> None:
    agent = called.clients[Kind.AGENT]
    nobodys = {"dialled": "+493023125999", "idempotencyKey": "nobody"}
    assert codes(await call(agent, "callAnswer", nobodys, CALL)) == [("NOT_FOUND", "dialled")]
    neither = await call(agent, "callAnswer", {"idempotencyKey": "neither"}, CALL)
    assert codes(neither) == [("REQUIRED", "callId")]


async def test_a_call_of_a_company_that_the_agent_does_not_answer_is_not_found(called: Called) -> None:
    made = await answer(called)
    await fetch(
        connection(),
        "INSERT INTO agent_of (id, secretariat_id, user_id) VALUES (gen_random_uuid(), $1, $2)",
        called.secretariat,
        called.place.operator.user_id,
    )
    assert codes(await finish(called, made)) == [("NOT_FOUND", "callId")]
    seen = await called.clients[Kind.AGENT].ask("query ($id: ID!) { node(id: $id) { id } }", id=made["id"])
    assert seen.data == {"node": None}


async def test_the_company_reads_its_calls_and_nobody_else_does(called: Called) -> None:
    made = await answer(called, "agnes")
    await finish(called, made)
    document = "query ($id: ID!) { node(id: $id) { ... on Call { note { concern } notices { channel } } } }"
    readers = []
    for kind, client in called.clients.items():
        node = (await client.ask(document, id=made["id"])).body["data"]["node"]
        if node is not None:
            readers.append(kind)
            assert node["note"] == {"concern": "An invoice."}
            assert (node["notices"] is None) is (kind is Kind.AGENT)
    assert set(readers) == {Kind.OWNER, Kind.MEMBER, Kind.AGENT, Kind.OPERATOR}


async def test_an_agent_sees_a_call_for_a_day_after_its_end(called: Called, database: Database) -> None:
    made = await answer(called, "agnes")
    await finish(called, made)
    document = "query ($id: ID!) { node(id: $id) { id } }"
    agent = called.clients[Kind.AGENT]
    await database.clock.advance(timedelta(days=1) - timedelta(microseconds=1))
    assert (await agent.ask(document, id=made["id"])).data["node"] is not None
    await database.clock.advance(timedelta(microseconds=1))
    assert (await agent.ask(document, id=made["id"])).data["node"] is None
    assert (await called.clients[Kind.OWNER].ask(document, id=made["id"])).data["node"] is not None


async def test_the_same_key_answers_the_same_call(called: Called) -> None:
    first, again = await asyncio.gather(answer(called), answer(called))
    assert first["id"] == again["id"]
    assert EMAIL not in str(first)
