"""Calls that `leadgate phone` lets ring: at the company that is dialled, as a telephone system would."""

import re

from cli.phone import DEMO_CALLER, DEMO_WANTED
from models.base.database import connection, fetch_one
from models.base.public_id import row_id_of
from models.base.refusal import RefusalCode
from models.calls.call_tables import Call, LegKind
from models.calls.merge import FactKind, PhoneFact
from models.calls.phone.simulator import plan_call
from models.calls.ring import hang_up, ring
from models.calls.take_fact import take_fact
from models.process.wake import Silence
from tests.support.calls import NUMBER, make_employee, make_secretariat
from tests.support.command import Command
from tests.support.marketplace import START, Marketplace
from tests.support.ports import free_port
from tests.support.reading import refused

REDIS = "unix:///nobody/listens.sock"  # wake-ups are lost, calls are not


async def test_a_call_rings_and_hangs_up(leadgate: Command, place: Marketplace) -> None:
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Mira Osterwald")
    shown = await leadgate(
        "phone",
        "ring",
        "--to",
        NUMBER,
        "--from",
        "030 23125-701",
        "--wanted",
        "mira  osterwald",
        REDIS_URL=REDIS,
    )
    assert shown.code == 0, shown.err
    assert f"Ringing: Fake Vendor Ltd ({NUMBER}), caller +493023125701." in shown.out
    found = re.search(r"leadgate phone hang-up (\S+)", shown.out)
    assert found is not None
    call_id = row_id_of(found[1], "Call")
    call = await Call.get(id=call_id)
    assert (call.caller, call.wanted_employee_id, call.hung_up_at) == ("+493023125701", employee, None)  # type: ignore[attr-defined]
    assert found[1] in leadgate.record()
    assert "23125701" not in leadgate.record()
    shown = await leadgate("phone", "hang-up", found[1], REDIS_URL=REDIS)
    assert (shown.code, shown.out) == (0, "The caller has hung up.\n")
    row = await fetch_one(connection(), "SELECT hung_up_at FROM call WHERE id = $1", call_id)
    assert row is not None
    assert row["hung_up_at"] is not None


async def test_what_cannot_ring_is_refused_with_the_option(place: Marketplace) -> None:
    await make_secretariat(place)
    for dialled, wanted, code, option in (
        ("+493023125999", None, RefusalCode.NOT_FOUND, "to"),
        ("nonsense", None, RefusalCode.INVALID, "to"),
        (NUMBER, "Somebody Else", RefusalCode.NOT_FOUND, "wanted"),
    ):
        await refused(ring(Silence(), dialled=dialled, caller="anonymous", wanted=wanted), code, option)
    assert not await Call.exists()


async def test_only_calls_that_the_command_began_hang_up(place: Marketplace) -> None:
    await make_secretariat(place)
    fact = PhoneFact(FactKind.RINGING, "caller", LegKind.CALLER, START, START)
    call_id = await take_fact(Silence(), "of-a-telephone-system", NUMBER, fact)
    assert call_id is not None
    assert not await hang_up(Silence(), call_id)


async def test_by_default_a_vip_of_the_demo_calls_an_employee_with_a_deputy(
    leadgate: Command, place: Marketplace
) -> None:
    await make_secretariat(place)
    wanted = await make_employee(place.vendor.owner, DEMO_WANTED)
    shown = await leadgate("phone", "ring", REDIS_URL=REDIS)
    assert shown.code == 0, shown.err
    call = await Call.get()
    assert (call.caller, call.wanted_employee_id) == (DEMO_CALLER, wanted)  # type: ignore[attr-defined]


async def test_a_story_is_told_to_the_server_that_runs(leadgate: Command, place: Marketplace) -> None:
    await make_secretariat(place)
    await make_employee(place.vendor.owner, "Mira Osterwald", extension="+493023125104")
    story = ("phone", "ring", "--to", NUMBER, "--driver", "sipgate", "--story", "busy")
    shown = await leadgate(*story, REDIS_URL=REDIS, PORT=str(free_port()))
    assert shown.code == 1
    assert "no server answers there" in shown.err
    assert "SIPGATE reports to http://" in shown.out
    for wrong in (("--driver", "carrier-pigeon"), ("--story", "endless")):
        shown = await leadgate("phone", "ring", *wrong, REDIS_URL=REDIS)
        assert (shown.code, wrong[0] in shown.err) == (2, True)


async def test_a_story_with_a_number_that_cannot_be_read_names_its_option(place: Marketplace) -> None:
    await make_secretariat(place)
    await make_employee(place.vendor.owner, "Mira Osterwald", extension="+493023125104")
    for dialled, caller, option in ((NUMBER, "nonsense", "from"), ("nonsense", "anonymous", "to")):
        await refused(plan_call(dialled=dialled, caller=caller, wanted=None), RefusalCode.INVALID, option)
    assert (await plan_call(dialled=NUMBER, caller="anonymous", wanted=None)).caller == "anonymous"
