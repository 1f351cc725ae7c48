"""The simulator's calls are what each provider would tell, and become what the story says."""

import pytest

from models.base.database import connection, fetch
from models.base.refusal import RefusalCode
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.simulator import plan_call, simulated_system
from models.calls.phone.stories import AGENT, Story, StoryCall, tell, without_caller
from models.calls.state import outcome_of, state_of
from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from tests.models.calls.desk import CALLER, make_desk
from tests.support.calls import NUMBER
from tests.support.database import Database
from tests.support.marketplace import SECOND, Marketplace
from tests.support.messages import SEALER
from tests.support.phone_systems import make_line, system_of
from tests.support.reading import refused

AGNES = "+493023125101"


@pytest.mark.parametrize("driver", PhoneDriver)
@pytest.mark.parametrize("story", Story)
async def test_a_story_becomes_what_it_says(
    place: Marketplace, database: Database, driver: PhoneDriver, story: Story
) -> None:
    desk = await make_desk(place, database.clock)
    agent = desk.agent.user_id
    assert agent is not None
    line = await make_line(place.operator, driver, [(AGENT, agent)])
    for said in tell(driver, story, StoryCall("s1", CALLER, NUMBER, AGNES)):
        await database.clock.advance(said.pause * SECOND)
        await line.send(said.body)
    (row,) = await fetch(connection(), "SELECT id FROM call")
    call = await desk.read(row["id"])
    assert call.caller.e164 == CALLER
    answered = story in {Story.TRANSFERRED, Story.BUSY}
    assert (call.agent_id == agent) is answered
    if story is Story.SILENT:
        assert state_of(call)[0] is CallState.RINGING
        return
    assert state_of(call)[0] is CallState.HUNG_UP
    assert outcome_of(call) is (None if answered else CallOutcome.ABANDONED)
    assert (CallFlag.VOICEMAIL in call.flags) is (story is Story.VOICEMAIL)
    told = {Story.TRANSFERRED: [TransferResult.ACCEPTED], Story.BUSY: [TransferResult.BUSY]}.get(story, [])
    expected = [] if driver is PhoneDriver.PLACETEL else told  # it knows no transfers
    assert [one.result for one in call.attempts] == expected


@pytest.mark.parametrize("driver", PhoneDriver)
def test_what_the_command_shows_of_a_request_has_no_caller(driver: PhoneDriver) -> None:
    for caller in (CALLER, "+33199001234", "anonymous"):
        call = StoryCall("s1", caller, NUMBER, AGNES)
        for said in tell(driver, Story.TRANSFERRED, call):
            shown = without_caller(said.body, call)
            assert caller == "anonymous" or caller[-9:] not in shown
            assert call.id in shown


@pytest.mark.parametrize("driver", PhoneDriver)
async def test_the_simulator_has_one_system_of_a_driver_with_a_new_secret_each_time(
    place: Marketplace, database: Database, driver: PhoneDriver
) -> None:
    await make_desk(place, database.clock)
    first = await simulated_system(SEALER, driver, NUMBER)
    before = await system_of(first.system_id)
    again = await simulated_system(SEALER, driver, NUMBER)
    after = await system_of(again.system_id)
    assert (first.system_id, list(before.agents)) == (again.system_id, [AGENT])
    assert before.secret != after.secret
    assert first.key != again.key


async def test_a_call_is_planned_for_a_number_and_an_employee_that_exist(
    place: Marketplace, database: Database
) -> None:
    await make_desk(place, database.clock)
    call = await plan_call(dialled=NUMBER, caller=CALLER, wanted="agnes tellier")
    assert (call.dialled, call.caller, call.extension) == (NUMBER, CALLER, AGNES)
    assert (await plan_call(dialled=NUMBER, caller="anonymous", wanted=None)).extension
    for dialled, wanted, code, field in (
        ("nonsense", None, RefusalCode.INVALID, "to"),
        ("+493023125998", None, RefusalCode.NOT_FOUND, "to"),
        (NUMBER, "Somebody Else", RefusalCode.NOT_FOUND, "wanted"),
    ):
        await refused(plan_call(dialled=dialled, caller=CALLER, wanted=wanted), code, field)
