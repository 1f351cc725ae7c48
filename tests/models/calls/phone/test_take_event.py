"""Events of telephone systems become calls: joined by their ids, in whatever order they come; the same,
whether each is taken alone or with others.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import pytest_asyncio

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.calls.answer_call import answer_call
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.call_views import CallView
from models.calls.caller_id import CallerTrust
from models.calls.forget_callers import forget_number
from models.calls.phone.delete_system import delete_system
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.forget_events import KEPT, forget_events
from models.calls.phone.gather import Gathering
from models.calls.phone.rotate_secret import rotate_secret
from models.calls.phone.tables import PhoneEventResult
from models.calls.phone.take_event import DIVERTED_WITHIN, SystemChanged, take_event
from models.calls.state import outcome_of, state_of, transferred_seconds
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import CALLER, Desk, make_desk
from tests.support.calls import NUMBER, open_secretariat
from tests.support.database import Database
from tests.support.marketplace import SECOND, START, Marketplace, make_vendor
from tests.support.messages import SEALER
from tests.support.phone_requests import message
from tests.support.phone_systems import Line, Taking, make_line, system_of

AGNES, BEN, NOBODY = "+493023125101", "+493023125102", "+493023125998"
OTHER_NUMBER = "+493023125300"
APPLIED, DUPLICATE, UNASSIGNED, IGNORED = PhoneEventResult
GENERIC, SIPGATE, TWILIO, PLACETEL = PhoneDriver


@dataclass(frozen=True)
class Phones:
    """A company, its agent as a user of telephone systems, and the test's clock."""

    desk: Desk
    database: Database
    taking: Taking = take_event

    async def line(self, driver: PhoneDriver = GENERIC) -> Line:
        """Create a telephone system, whose user `agnes` is the agent."""
        agent = self.desk.agent.user_id
        assert agent is not None
        users = [(name, agent) for name in ("agnes", "w1", "client:agnes", "777abc")]
        return await make_line(self.desk.place.operator, driver, users, self.taking)

    async def later(self, seconds: float = 1) -> None:
        """Let time pass."""
        await self.database.clock.advance(seconds * SECOND)

    async def calls(self) -> list[CallView]:
        """Return all calls, oldest first."""
        rows = await fetch(connection(), "SELECT id FROM call ORDER BY ringing_at, id")
        return [await self.desk.read(row["id"]) for row in rows]

    async def only_call(self) -> CallView:
        """Return the one call."""
        (call,) = await self.calls()
        return call


@pytest_asyncio.fixture(params=["alone", "together"])
async def phones(place: Marketplace, database: Database, request: pytest.FixtureRequest) -> Phones:
    """The company's secretariat with two employees."""
    taking = take_event if request.param == "alone" else Gathering().take
    return Phones(await make_desk(place, database.clock), database, taking)


def story(call: str, after: int = 0) -> list[dict[str, object]]:
    """Return the events of a call that is answered, consulted about and put through, in our own format."""
    steps: list[tuple[str, int, dict[str, object]]] = [
        ("ringing", 0, {"from_": CALLER}),
        ("answered", 5, {"user": "agnes", "leg": f"{call}-agent"}),
        ("consulting", 20, {"leg": f"{call}-employee", "target": AGNES}),
        ("transferred", 30, {"leg": f"{call}-employee", "target": AGNES}),
        ("hungUp", 31, {"leg": f"{call}-agent", "user": "agnes"}),
        ("hungUp", 95, {"cause": "normal"}),
    ]
    return [
        {
            "type": f"call.{kind}",
            "call": call,
            "to": NUMBER,
            "at": (START + (after + second) * SECOND).isoformat(),
            **values,
        }
        for kind, second, values in steps
    ]


async def send(line: Line, events: Sequence[dict[str, object]]) -> None:
    """Take messages, each with an id of its own that a repetition has too."""
    for one in events:
        key = f"{one['call']}-{one.get('leg')}-{one['type']}".replace(".", "-")
        await line.send(message(**one), key=key)


async def stored(external_id: str) -> list[tuple[object, ...]]:
    """Return what is stored of a call, without ids and the counting of versions."""
    call = await fetch_one(connection(), "SELECT * FROM call WHERE external_id = $1", external_id)
    assert call is not None
    taken = await fetch(
        connection(),
        """SELECT replace(external_id, $2, '') AS leg, kind, started_at, answered_at, ended_at, result,
                  result_at, cause FROM call_leg WHERE call_id = $1 ORDER BY 1""",
        call["id"],
        external_id,
    )
    attempts = await fetch(
        connection(),
        """SELECT employee_id, number, started_at, result, result_at, ended_at, talk_seconds, measured
           FROM transfer_attempt WHERE call_id = $1 ORDER BY ordinal""",
        call["id"],
    )
    columns = ("caller", "ringing_at", "answered_at", "agent_id", "hung_up_at", "cause", "flags", "outcome")
    return [tuple(call[name] for name in columns), *map(tuple, taken), *map(tuple, attempts)]


async def test_a_call_is_answered_and_put_through(phones: Phones) -> None:
    line, results = await phones.line(), []
    for one in story("c1"):
        without_time = {name: of for name, of in one.items() if name != "at"}
        results.append((await line.send(message(**without_time))).result)
        await phones.later(10)
    assert results == [APPLIED] * 6
    call = await phones.only_call()
    assert (call.agent_id, state_of(call)[0]) == (phones.desk.agent.user_id, CallState.HUNG_UP)
    assert (call.caller.e164, call.caller.trust) == (CALLER, CallerTrust.PRESENTED)
    (attempt,) = call.attempts
    assert (attempt.employee_id, attempt.result) == (phones.desk.agnes, TransferResult.ACCEPTED)
    assert attempt.measured


async def test_any_order_and_repetition_by_several_connections_gives_the_same_calls(phones: Phones) -> None:
    line, chance = await phones.line(), random.Random(7)
    await phones.later(100)
    await send(line, story("plain"))
    expected = await stored(f"{line.system.id.hex}:plain")
    calls = [f"c{place}" for place in range(12)]
    waiting = [one for call in calls for one in story(call) * 2]
    chance.shuffle(waiting)

    async def work() -> None:
        while waiting:
            await send(line, [waiting.pop()])

    await asyncio.gather(*(work() for _ in range(4)))
    for call in calls:
        external = f"{line.system.id.hex}:{call}"
        found = [
            tuple(value.replace(call, "plain") if isinstance(value, str) else value for value in row)
            for row in await stored(external)
        ]
        assert found == expected
    rows = await fetch(connection(), "SELECT count(*) AS n FROM phone_event")
    assert rows[0]["n"] == 6 * 13


async def test_one_event_many_times_at_once_happens_once(phones: Phones) -> None:
    line = await phones.line()
    body = message(type="call.ringing", call="c1", from_=CALLER, to=NUMBER)
    taken = await asyncio.gather(*(line.send(body, key="once") for _ in range(20)))
    assert sorted(one.result for one in taken) == [APPLIED, *[DUPLICATE] * 19]
    call = await phones.only_call()
    assert {one.call_id for one in taken} == {call.id}
    assert call.version == 1
    await phones.later(3_600)
    assert (await line.send(body, key="once")).result is DUPLICATE


async def test_an_event_that_says_nothing_new_is_a_duplicate_with_another_id_too(phones: Phones) -> None:
    line = await phones.line()
    one = story("c1")[0]
    assert [(await line.send(message(**one))).result for _ in range(2)] == [APPLIED, DUPLICATE]


async def test_a_hang_up_alone_is_a_call_that_rang_then(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("hungUp", call="c1", to=NUMBER, from_=CALLER)
    call = await phones.only_call()
    assert (call.ringing_at, call.hung_up_at, outcome_of(call)) == (START, START, CallOutcome.ABANDONED)


async def test_one_id_of_two_systems_is_two_calls(phones: Phones) -> None:
    for line in (await phones.line(), await phones.line()):
        assert (await line.send(message(**story("same")[0]), key="same")).result is APPLIED
    assert len(await phones.calls()) == 2


async def test_the_number_that_was_dialled_counts_before_the_diverted_one(phones: Phones) -> None:
    other = await make_vendor(name="Other Ltd")
    theirs = await open_secretariat(phones.desk.place.operator, other.id, numbers=(OTHER_NUMBER,))
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=OTHER_NUMBER, diversion=NUMBER)
    await phones.later()
    await line.tell("ringing", call="c2", from_=CALLER, to=NOBODY, diversion=NUMBER)
    first, second = await phones.calls()
    assert (first.secretariat_id, second.secretariat_id) == (theirs, phones.desk.secretariat)


async def test_a_call_that_an_employee_diverted_is_for_that_employee(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER, diversion=BEN)
    assert (await phones.only_call()).wanted_employee_id == phones.desk.ben


async def test_a_number_of_nobody_is_unassigned_and_the_operator_reads_which(phones: Phones) -> None:
    line = await phones.line()
    assert (await line.tell("ringing", call="c1", from_=CALLER, to=NOBODY)).result is UNASSIGNED
    assert (await line.tell("hungUp", call="c2")).result is UNASSIGNED
    assert not await phones.calls()
    rows = await fetch(connection(), "SELECT call_id, detail FROM phone_event ORDER BY id")
    assert [row["call_id"] for row in rows] == [None, None]
    assert NOBODY in rows[0]["detail"]
    assert "missing or unreadable" in rows[1]["detail"]
    assert not [row for row in rows if CALLER in row["detail"]]


async def test_a_user_who_is_no_agent_leaves_the_call_on_the_board(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c1", leg="l1", user="somebody")
    call = await phones.only_call()
    assert (call.agent_id, state_of(call)[0]) == (None, CallState.RINGING)
    row = await fetch_one(connection(), "SELECT detail FROM phone_event WHERE kind = 'ANSWERED'")
    assert row is not None
    assert row["detail"] == "The system's user is no agent."


async def test_a_consultation_with_a_number_of_nobody_makes_no_attempt(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("consulting", call="c1", leg="l2", target=NOBODY)
    call = await phones.only_call()
    assert (list(call.attempts), set(call.flags)) == ([], {CallFlag.UNKNOWN_EMPLOYEE})


async def test_an_attempt_that_the_agent_began_is_the_one_that_the_system_tells_of(phones: Phones) -> None:
    line, desk = await phones.line(), phones.desk
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c1", leg="l1", user="agnes")
    call_id = (await phones.only_call()).id
    begun = await desk.transfer(call_id, desk.agnes, TransferResult.CALLING)
    await phones.later()
    await line.tell("consulting", call="c1", leg="l2", target=AGNES)
    await phones.later()
    await line.tell("consultEnded", call="c1", leg="l2", target=AGNES, cause="busy")
    (attempt,) = (await phones.only_call()).attempts
    assert (attempt.id, attempt.result) == (begun, TransferResult.BUSY)


@pytest.mark.parametrize(
    ("cause", "answered", "result"),
    [
        ("busy", False, TransferResult.BUSY),
        ("rejected", False, TransferResult.DECLINED),
        ("notFound", False, TransferResult.UNREACHABLE),
        ("congestion", False, TransferResult.UNREACHABLE),
        ("failed", False, TransferResult.FAILED),
        ("noAnswer", False, TransferResult.NO_ANSWER),
        (None, False, TransferResult.NO_ANSWER),
        ("busy", True, TransferResult.DECLINED),
    ],
)
async def test_a_consultation_that_ends_has_a_result_by_its_cause(
    phones: Phones, cause: str | None, answered: bool, result: TransferResult
) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c1", leg="l1", user="agnes")
    await phones.later()
    await line.tell("consulting", call="c1", leg="l2", target=BEN)
    if answered:
        await line.tell("answered", call="c1", leg="l2", target=BEN)
    await phones.later()
    await line.tell("consultEnded", call="c1", leg="l2", target=BEN, cause=cause)
    (attempt,) = (await phones.only_call()).attempts
    assert (attempt.employee_id, attempt.result) == (phones.desk.ben, result)
    row = await fetch_one(connection(), "SELECT by FROM transfer_attempt")
    assert row is not None
    assert row["by"] == "SYSTEM"


def dialled(number: str) -> str:
    """Return a number as sipgate writes it."""
    return number.removeprefix("+")


async def _answered_at_sipgate(phones: Phones, line: Line) -> None:
    mine = {"callId": "A", "from_": dialled(CALLER), "to": dialled(NUMBER), "direction": "in", "xcid": "X"}
    await line.say(event="newCall", **mine)
    await phones.later(5)
    await line.say(event="answer", **mine, userId="w1")
    await phones.later(15)


@pytest.mark.parametrize("join", [{"xcid": "X"}, {"origCallId": "A"}, {"diversion": dialled(NUMBER)}])
async def test_a_transfer_of_sipgate_continues_its_call(phones: Phones, join: dict[str, str]) -> None:
    line = await phones.line(SIPGATE)
    await _answered_at_sipgate(phones, line)
    leg = {"callId": "B", "from_": dialled(CALLER), "to": dialled(AGNES), **join}
    await line.say(event="newCall", **leg)
    assert state_of(await phones.only_call())[0] is CallState.CONSULTING
    await line.say(event="answer", **leg)
    await phones.later(5)
    await line.say(event="hangup", callId="A", from_=dialled(CALLER), to=dialled(NUMBER), cause="forwarded")
    call = await phones.only_call()
    assert (state_of(call)[0], call.hung_up_at) == (CallState.TRANSFERRED, None)
    await phones.later(60)
    await line.say(event="hangup", **leg, cause="normalClearing")
    call = await phones.only_call()
    assert (state_of(call)[0], transferred_seconds(call)) == (CallState.HUNG_UP, 60)


async def test_what_sipgate_diverts_later_than_a_minute_is_another_call(phones: Phones) -> None:
    line = await phones.line(SIPGATE)
    await _answered_at_sipgate(phones, line)  # the last fact is 15 seconds old
    await phones.later(DIVERTED_WITHIN.total_seconds() - 15)
    leg = {"from_": dialled(CALLER), "to": dialled(AGNES), "diversion": dialled(NUMBER)}
    await line.say(event="newCall", callId="B", **leg)
    assert len(await phones.calls()) == 1
    await phones.later(DIVERTED_WITHIN.total_seconds() + 1)
    await line.say(event="newCall", callId="C", **leg)
    assert len(await phones.calls()) == 2


async def test_a_blind_transfer_of_sipgate_is_accepted_when_the_employee_answers(phones: Phones) -> None:
    line = await phones.line(SIPGATE)
    await _answered_at_sipgate(phones, line)
    leg = {"callId": "B", "from_": dialled(CALLER), "to": dialled(AGNES), "origCallId": "A"}
    await line.say(event="newCall", **leg)
    await line.say(event="hangup", callId="A", cause="forwarded")
    await phones.later(3)
    await line.say(event="answer", **leg)
    await phones.later(7)
    await line.say(event="hangup", **leg)
    assert transferred_seconds(await phones.only_call()) == 7


async def test_a_caller_who_gives_up_during_the_consultation_was_not_put_through(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c1", leg="l1", user="agnes")
    await line.tell("answered", call="c1", leg="l2", target=AGNES)
    await phones.later()
    for leg in ("c1", "l1", "l2"):
        await line.tell("hungUp", call="c1", leg=leg)
        await phones.later(0.001)
    call = await phones.only_call()
    assert [one.result for one in call.attempts] == [TransferResult.DECLINED]
    assert transferred_seconds(call) is None


async def test_a_redirection_to_sipgates_mailbox_is_the_same_abandoned_call(phones: Phones) -> None:
    line = await phones.line(SIPGATE)
    first = {"callId": "A", "from_": dialled(CALLER), "to": dialled(NUMBER), "xcid": "X"}
    await line.say(event="newCall", **first)
    await phones.later(20)
    await line.say(event="hangup", **first, cause="forwarded")
    box = {**first, "callId": "B", "user": "voicemail"}
    await line.say(event="newCall", **box)
    await line.say(event="answer", **box)
    await phones.later(20)
    await line.say(event="hangup", **box)
    call = await phones.only_call()
    assert (set(call.flags), outcome_of(call), call.agent_id) == (
        {CallFlag.VOICEMAIL},
        CallOutcome.ABANDONED,
        None,
    )


async def test_a_transfer_of_twilio_is_a_leg_of_its_own(phones: Phones) -> None:
    line = await phones.line(TWILIO)
    mine = {"CallSid": "CA1", "From": CALLER, "To": NUMBER, "Direction": "inbound"}
    await line.say(CallStatus="ringing", **mine, StirVerstat="TN-Validation-Passed-A")
    await line.say(CallStatus="in-progress", **mine)
    assert state_of(await phones.only_call())[0] is CallState.RINGING  # only Twilio has answered
    agent = {"CallSid": "CA2", "ParentCallSid": "CA1", "From": CALLER, "To": "client:agnes"}
    await line.say(CallStatus="in-progress", **agent)
    await phones.later(10)
    for place, (number, status) in enumerate(((BEN, "busy"), (AGNES, "in-progress"))):
        leg = {"CallSid": f"CB{place}", "ParentCallSid": "CA1", "From": CALLER, "To": number}
        await line.say(CallStatus="ringing", **leg)
        await phones.later(2)
        await line.say(CallStatus=status, **leg)
    await line.say(CallStatus="completed", **agent)
    await phones.later(30)
    await line.say(CallStatus="completed", **mine)
    call = await phones.only_call()
    assert (call.caller.trust, call.agent_id) == (CallerTrust.VERIFIED, phones.desk.agent.user_id)
    found = [(one.employee_id, one.result) for one in call.attempts]
    assert found == [
        (phones.desk.ben, TransferResult.BUSY),
        (phones.desk.agnes, TransferResult.ACCEPTED),
    ]


async def test_placetel_writes_national_numbers_and_tells_of_mailboxes_at_the_end(phones: Phones) -> None:
    line = await phones.line(PLACETEL)
    given = {"from_": CALLER.replace("+49", "0"), "to": NUMBER.replace("+49", "0")}
    await line.say(event="IncomingCall", call_id="a", **given)
    await line.say(event="CallAccepted", call_id="a", **given, peer="777abc@fpbx.de")
    await phones.later()
    await line.say(event="IncomingCall", call_id="b", **given)
    await line.say(event="HungUp", call_id="b", **given, type="voicemail")
    answered, missed = await phones.calls()
    assert (answered.caller.e164, answered.agent_id) == (CALLER, phones.desk.agent.user_id)
    assert (set(missed.flags), outcome_of(missed)) == ({CallFlag.VOICEMAIL}, CallOutcome.ABANDONED)


async def test_a_withheld_number_is_no_number(phones: Phones) -> None:
    line = await phones.line(SIPGATE)
    await line.say(event="newCall", callId="A", from_="anonymous", to=dialled(NUMBER))
    assert (await phones.only_call()).caller.trust is CallerTrust.WITHHELD


async def test_a_time_that_cannot_be_is_replaced_by_the_receipt(phones: Phones) -> None:
    line = await phones.line()
    future = (START + timedelta(minutes=6)).isoformat()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER, at=future)
    call = await phones.only_call()
    assert (call.ringing_at, set(call.flags)) == (START, {CallFlag.CLOCK_DIFFERS})


async def test_events_of_a_forgotten_call_are_ignored_and_hold_nothing_of_it(phones: Phones) -> None:
    line = await phones.line()
    await send(line, story("c1")[:2])
    call_id = (await phones.only_call()).id
    await phones.desk.finish(call_id)
    await forget_number(connection(), CALLER, None, START)
    taken = await line.tell("hungUp", call="c1", from_=CALLER, to=NUMBER)
    assert (taken.result, taken.call_id) == (IGNORED, call_id)
    call = await phones.only_call()
    assert (call.caller.e164, call.hung_up_at) == (None, None)
    rows = await fetch(connection(), "SELECT sha256, detail FROM phone_event ORDER BY id")
    assert [tuple(row) for row in rows] == [(None, None)] * 2 + [(None, "The caller was forgotten.")]


async def test_a_forgotten_call_stays_forgotten_when_a_later_event_joins_it_by_another_id(
    phones: Phones,
) -> None:
    line = await phones.line(SIPGATE)
    await line.say(event="newCall", callId="s1", from_=CALLER[1:], to=NUMBER[1:])
    await line.say(event="hangup", callId="s1", from_=CALLER[1:], to=NUMBER[1:])
    await phones.later(3_600)
    await sweep(Silence())
    call = await phones.only_call()
    await forget_number(connection(), CALLER, None, START)
    joined = await line.say(event="newCall", callId="s2", origCallId="s1", from_=CALLER[1:], to=NUMBER[1:])
    later = await line.say(event="hangup", callId="s2", from_=CALLER[1:], to=NUMBER[1:])
    assert (joined.result, later.result) == (IGNORED, IGNORED)
    assert (joined.call_id, later.call_id) == (call.id, call.id)
    assert len(await phones.calls()) == 1


async def test_a_leg_that_another_call_has_is_ignored_and_the_operator_reads_why(phones: Phones) -> None:
    line = await phones.line()
    for call in ("c1", "c2"):
        await line.tell("ringing", call=call, from_=CALLER, to=NUMBER)
    first = await line.tell("answered", call="c1", leg="desk", user="agnes", to=NUMBER)
    second = await line.tell("answered", call="c2", leg="desk", user="agnes", to=NUMBER)
    assert (first.result, second.result) == (APPLIED, IGNORED)
    rows = await fetch(connection(), "SELECT detail FROM phone_event WHERE result = 'IGNORED'")
    assert [row["detail"] for row in rows] == ["Another call has its id, or the id of its leg."]
    again = await line.tell("hungUp", call="c2", to=NUMBER)
    assert again.result is APPLIED


async def test_an_id_of_a_call_that_is_used_again_after_30_days_is_ignored(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await phones.later(300)
    await sweep(Silence())
    await forget_events(START + KEPT)
    taken = await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    assert (taken.result, len(await phones.calls())) == (IGNORED, 1)


async def test_events_and_ids_are_deleted_after_30_days_and_ids_of_open_calls_are_not(phones: Phones) -> None:
    line = await phones.line()
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c2", leg="l1", user="agnes", from_=CALLER, to=NUMBER)
    await phones.later(300)
    await sweep(Silence())  # closes what only rang
    count = "SELECT (SELECT count(*) FROM phone_event), (SELECT count(*) FROM phone_call_key)"
    assert await forget_events(START + KEPT - SECOND) == 0
    assert tuple((await fetch(connection(), count))[0]) == (2, 2)
    assert await forget_events(START + KEPT) == 2
    assert tuple((await fetch(connection(), count))[0]) == (0, 1)


async def test_a_system_that_was_changed_or_deleted_takes_nothing_as_it_was(phones: Phones) -> None:
    line, operator = await phones.line(), phones.desk.place.operator
    await rotate_secret(operator, SEALER, system_id=line.system.id, expected_version=1)
    with pytest.raises(SystemChanged):
        await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    fresh = replace(line, system=await system_of(line.system.id))
    assert fresh.system.previous == line.system.secret
    assert (await fresh.tell("ringing", call="c1", from_=CALLER, to=NUMBER)).result is APPLIED
    await delete_system(operator, system_id=line.system.id, expected_version=2)
    with pytest.raises(SystemChanged):
        await fresh.tell("ringing", call="c2", from_=CALLER, to=NUMBER)
    assert len(await phones.calls()) == 1


async def test_an_id_of_a_call_is_known_by_its_hash_only(phones: Phones) -> None:
    line = await phones.line()
    secret_id = new_id().hex
    await line.tell("ringing", call=secret_id, from_=CALLER, to=NUMBER)
    row = await fetch_one(connection(), "SELECT encode(key_hash, 'escape') AS known FROM phone_call_key")
    assert row is not None
    assert secret_id not in row["known"]


async def test_who_answered_by_telephone_says_afterwards_whom_the_caller_wants(phones: Phones) -> None:
    line, desk = await phones.line(), phones.desk
    await line.tell("ringing", call="c1", from_=CALLER, to=NUMBER)
    await line.tell("answered", call="c1", leg="l1", user="agnes")
    call_id = (await phones.only_call()).id
    await answer_call(desk.agent, Silence(), call_id, employee_id=desk.ben)
    assert (await phones.only_call()).wanted_employee_id == desk.ben
    await answer_call(desk.agent, Silence(), call_id, employee_id=desk.agnes)
    assert (await phones.only_call()).wanted_employee_id == desk.ben
