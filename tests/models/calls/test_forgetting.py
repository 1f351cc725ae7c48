"""Forgetting who called: by age, each night, and by number, on request (S4 R.retention, Art. 17 GDPR)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.base.database import connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.metrics import FORGETTING_LATENESS
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.calls import forget_callers as forgetting
from models.calls.call_tables import AttemptSource, Call, CallLeg, CallNote, LegKind, TransferAttempt
from models.calls.call_tables import TransferResult as Result
from models.calls.erase_caller import Erased, erase_caller
from models.calls.forget_callers import forget_callers
from models.tables import SecretariatChange
from rules.calls.call_mail import CallOutcome as Outcome
from tests.support.call_notices import CALLER, NoteFields, ended_call, tell
from tests.support.calls import make_employee, make_secretariat, make_vip
from tests.support.concurrency import holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace
from tests.support.messages import send_all

SHORT = CALLER.removeprefix("+4930")  # in every notation of the number
NAME = "Jo Forget-Me"
NOTE: NoteFields = {"caller_name": NAME, "phone": CALLER, "concern": f"Please call {NAME} on 030 {SHORT}."}
DAY = timedelta(days=1)
CALL = "SELECT FROM call WHERE id = $1 FOR UPDATE"


async def forget(viewer: Viewer, **given: Any) -> Erased:
    asked = {"secretariat_id": None, "phone": f"030 {SHORT}", "reason": "The caller asked for it."}
    return await erase_caller(viewer, **{**asked, "idempotency_key": new_id().hex, **given})


async def refused(viewer: Viewer, **given: Any) -> tuple[str, ...]:
    """The field for which an erasure is refused."""
    with pytest.raises(Refusal) as caught:
        await forget(viewer, **given)
    return caught.value.field


async def forgotten(call_id: UUID) -> bool:
    call = await Call.get(id=call_id)
    return call.forgotten_at is not None and call.caller is None and call.caller_shown == ""


async def planted(*values: str) -> list[str]:
    """The tables that hold one of these values in any column."""
    async with transaction() as conn:
        tables = await snapshot(conn)
    return [name for name, rows in tables.items() if any(value in row for row in rows for value in values)]


async def open_call(secretariat: UUID, place: Marketplace) -> UUID:
    call = await Call.create(
        secretariat_id=secretariat,
        policy_id=place.market.policy_id,
        caller=CALLER,
        caller_shown=CALLER,
        caller_kind="NUMBER",
        caller_trust="PRESENTED",
        dialled="+493023125100",
        ringing_at=START,
    )
    return call.id


async def finish(call_id: UUID) -> None:
    """End an open call; like its action, this does not put off a time to forget it that has passed."""
    await fetch(
        connection(),
        "UPDATE call SET finished_at = $2, outcome = 'ABANDONED', forget_at = coalesce(forget_at, $3)"
        " WHERE id = $1",
        call_id,
        START,
        START + 180 * DAY,
    )


async def full_call(secretariat: UUID, place: Marketplace, employee: UUID) -> UUID:
    """A call whose caller is in every column that can hold one, and of which an employee was told."""
    call = await ended_call(
        secretariat, Outcome.MESSAGE_TAKEN, wanted=employee, agent=place.agent.user_id, note=NOTE
    )
    await Call.filter(id=call.id).update(
        external_id=f"sip:{CALLER}@system", diverted_from=CALLER, cause=f"busy {CALLER}"
    )
    await CallNote.filter(call_id=call.id).update(answers={"order": SHORT}, refused_keys=["company"])
    await CallLeg.create(
        call_id=call.id,
        external_id=f"leg-{CALLER}",
        kind=LegKind.CALLER,
        started_at=START,
        cause=f"from {CALLER}",
    )
    await TransferAttempt.create(
        call_id=call.id,
        ordinal=1,
        employee_id=employee,
        number="+493023125101",
        started_at=START,
        result=Result.MESSAGE,
        result_at=START,
        talk_seconds=7,
        message_for_caller=f"I call {NAME} on {CALLER} back.",
        decision_id=new_id(),
        by=AttemptSource.AGENT,
    )
    await tell(call)
    await send_all()
    return call.id


async def test_nothing_of_a_caller_is_left_in_any_table(place: Marketplace) -> None:
    """A search over every column of every table, after the notices were sent; the facts of the call stay."""
    secretariat = await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Agnes Tellier")
    call = await full_call(secretariat, place, employee)
    await make_vip(place.vendor.owner, CALLER, name=NAME, note=f"Call {SHORT}.")
    assert set(await planted(SHORT, NAME)) == {
        "call",
        "call_leg",
        "call_note",
        "transfer_attempt",
        "vip_caller",
    }
    assert await forget(place.vendor.owner) == Erased(1, 1)
    assert await planted(SHORT, NAME) == []
    left = await Call.get(id=call, wanted_employee_id=employee)
    assert (left.version, left.outcome) == (2, Outcome.MESSAGE_TAKEN)
    assert (left.ringing_at, left.answered_at, left.hung_up_at, left.finished_at) == (START,) * 4
    attempt = await TransferAttempt.get(call_id=call)
    assert (attempt.result, attempt.talk_seconds, attempt.number) == (Result.MESSAGE, 7, "")
    notice = await fetch_one(connection(), "SELECT count(message_id) AS n FROM call_notice")
    assert notice is not None
    assert notice["n"] == 1


async def test_a_call_is_forgotten_when_its_time_has_come_and_not_earlier(
    place: Marketplace, database: Database
) -> None:
    """180 days after its end; one whose company keeps calls for longer is not touched."""
    secretariat = await make_secretariat(place)
    due = await ended_call(secretariat, Outcome.ABANDONED, note=NOTE)
    kept = await ended_call(secretariat, Outcome.ABANDONED, note=NOTE)
    await Call.filter(id=kept.id).update(forget_at=START + 181 * DAY)
    assert await forget_callers(START + 180 * DAY - timedelta(microseconds=1)) == 0
    assert not await forgotten(due.id)
    assert await forget_callers(START + 180 * DAY) == 1
    assert await forgotten(due.id)
    assert not await forgotten(kept.id)
    assert await forget_callers(START + 180 * DAY) == 0


async def test_lateness_is_that_of_the_oldest_call_of_a_night(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several batches, the first; a night without a call resets it."""
    monkeypatch.setattr(forgetting, "BATCH", 2)
    secretariat = await make_secretariat(place)
    for late in range(5):
        call = await ended_call(secretariat, Outcome.ABANDONED)
        await Call.filter(id=call.id).update(forget_at=START - late * DAY)
    assert await forget_callers(START) == 5
    assert FORGETTING_LATENESS._value.get() == 4 * 86_400
    assert await forget_callers(START) == 0
    assert FORGETTING_LATENESS._value.get() == 0


async def test_a_call_that_somebody_has_locked_is_left_for_the_next_night(
    place: Marketplace, database: Database
) -> None:
    secretariat = await make_secretariat(place)
    locked, free = [await ended_call(secretariat, Outcome.ABANDONED) for _ in range(2)]
    async with holding(database.url, CALL, locked.id):
        assert await forget_callers(START + 180 * DAY) == 1
    assert (await forgotten(locked.id), await forgotten(free.id)) == (False, True)


async def test_an_open_call_is_forgotten_after_its_end(place: Marketplace) -> None:
    """The agent still needs it; the erasure counts it."""
    call = await open_call(await make_secretariat(place), place)
    assert await forget(place.vendor.owner) == Erased(1, 0)
    assert await forget_callers(START + DAY) == 0
    assert (await Call.get(id=call)).caller == CALLER
    await finish(call)
    assert await forget_callers(START + DAY) == 1
    assert await forgotten(call)


async def test_erasing_waits_for_a_call_that_is_being_finished(
    place: Marketplace, database: Database
) -> None:
    """And then forgets it immediately: what counts is what the other transaction has saved."""
    call = await open_call(await make_secretariat(place), place)
    async with holding(database.url, CALL, call) as meeting:
        await meeting.join(forget(place.vendor.owner))
        await meeting.holder.execute(
            "UPDATE call SET finished_at = $2, outcome = 'ABANDONED' WHERE id = $1", call, START
        )
    assert await meeting.outcomes() == [Erased(1, 0)]
    assert await forgotten(call)


@pytest.mark.parametrize("note", [{"phone": CALLER}, {"concern": f"Call (030) {SHORT[:4]} {SHORT[4:]}"}])
async def test_a_call_from_elsewhere_whose_note_has_the_number_is_forgotten(
    place: Marketplace, note: NoteFields
) -> None:
    """Callers ask to be called back on another number."""
    secretariat = await make_secretariat(place)
    call = await ended_call(secretariat, Outcome.ABANDONED, caller="+493023125999", note=note)
    other = await ended_call(secretariat, Outcome.ABANDONED, caller="+493023125999", note={"phone": "+49301"})
    assert await forget(place.vendor.owner) == Erased(1, 0)
    assert (await forgotten(call.id), await forgotten(other.id)) == (True, False)


async def test_an_owner_erases_in_the_own_company_and_an_operator_in_one_or_in_all(
    place: Marketplace,
) -> None:
    own = await make_secretariat(place)
    other = await make_secretariat(place, place.other_vendor.id, numbers=("+493023125200",))
    third = {one: await ended_call(one, Outcome.ABANDONED) for one in (own, other)}
    await make_vip(place.other_vendor.owner, CALLER)
    assert await refused(place.vendor.owner, secretariat_id=other) == ("secretariatId",)
    assert await forget(place.vendor.owner) == Erased(1, 0)
    assert (await forgotten(third[own].id), await forgotten(third[other].id)) == (True, False)
    again = await ended_call(own, Outcome.ABANDONED)
    assert await forget(place.operator, secretariat_id=other) == Erased(1, 1)
    assert not await forgotten(again.id)
    # Without a company there is no country that could read a national number.
    assert await refused(place.operator) == ("phone",)
    assert await forget(place.operator, phone=CALLER) == Erased(1, 0)
    assert await forgotten(again.id)


async def test_vip_entries_of_the_number_go_and_those_of_a_block_stay(place: Marketplace) -> None:
    """A block of numbers is no person. The deletion is in the list of changes; calls outlive the entry."""
    secretariat = await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Agnes Tellier")
    entries = [
        await make_vip(place.vendor.owner, CALLER),
        await make_vip(place.vendor.owner, CALLER, employee),
    ]
    block = await make_vip(place.vendor.owner, CALLER[:-2], block=True)
    call = await ended_call(secretariat, Outcome.ABANDONED)
    await Call.filter(id=call.id).update(vip_caller_id=entries[0])
    assert await forget(place.vendor.owner) == Erased(1, 2)
    left = await fetch(connection(), "SELECT id FROM vip_caller")
    assert [row["id"] for row in left] == [block]
    changes = await SecretariatChange.filter(subject_id__in=entries, fields_changed=["deleted"])
    assert {change.by_id for change in changes} == {place.vendor.owner.user_id}
    assert len(changes) == 2


async def test_a_repeated_request_returns_the_first_answer(place: Marketplace) -> None:
    """Its key with another number is refused; calls that rang meanwhile stay."""
    secretariat = await make_secretariat(place)
    await ended_call(secretariat, Outcome.ABANDONED)
    assert await forget(place.vendor.owner, idempotency_key="once") == Erased(1, 0)
    later = await ended_call(secretariat, Outcome.ABANDONED)
    assert await forget(place.vendor.owner, idempotency_key="once") == Erased(1, 0)
    assert not await forgotten(later.id)
    assert await refused(place.vendor.owner, idempotency_key="once", phone="+493023125999") == (
        "idempotencyKey",
    )


async def test_the_reason_is_stored_without_the_number(place: Marketplace) -> None:
    """It says who asked and why; a reason with the number is refused, however it is written."""
    await make_secretariat(place)
    assert await refused(place.vendor.owner, reason=f"The owner of 0 30/{SHORT[:4]}-{SHORT[4:]} asked.") == (
        "reason",
    )
    await forget(place.vendor.owner)
    stored = await fetch(connection(), "SELECT secretariat_id, by_id, reason, calls FROM caller_erasure")
    assert [(row["reason"], row["by_id"], row["calls"]) for row in stored] == [
        ("The caller asked for it.", place.vendor.owner.user_id, 0)
    ]
