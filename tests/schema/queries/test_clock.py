"""What changes by time alone: a second before its instant, at it and a second after, without a worker."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.applications.answer import accept, decline
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from schema.graphql.ids import write_id
from tests.support.api import Client
from tests.support.database import Database
from tests.support.marketplace import EMAIL, HOUR, SECOND, START, apply, make_lead
from tests.support.scene import Scene
from tests.support.viewers import Kind

APPLICATION = """query ($id: ID!) { node(id: $id) { ... on Application {
  status revealedAt answeredAt receivedAt visibility { verdict ruleId changesAt changesTo decidedAt }
  refund { verdict } deadlines { kind dueAt doneAt outcome }
  lead { contact { email } delivery { kind } } } } }"""
LISTED = """query ($status: ApplicationStatus) {
  applications(filter: {status: $status}) { nodes { id status } totalCount } }"""
WHOM = (Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR)


def written(at: datetime) -> str:
    """Format an instant as the API does."""
    return at.isoformat().replace("+00:00", "Z")


async def _read(client: Client, scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = (
        await client.ask(APPLICATION, id=write_id("Application", scene.hidden_application))
    ).data["node"]
    return found


async def _statuses(client: Client, status: str) -> list[str]:
    found = (await client.ask(LISTED, status=status)).data["applications"]
    assert {node["status"] for node in found["nodes"]} <= {status}
    assert found["totalCount"] == len(found["nodes"])
    return [node["id"] for node in found["nodes"]]


@pytest.mark.parametrize("swept", [False, True])
async def test_the_reveal_happens_at_48_hours_for_everybody(
    database: Database, scene: Scene, *, swept: bool
) -> None:
    """Status, filter, verdict and instant are the same with and without a worker."""
    due = written(START + 48 * HOUR)
    own_id = write_id("Application", scene.hidden_application)
    for offset, open_now in ((-SECOND, False), (timedelta(), True), (SECOND, True), (30 * 24 * HOUR, True)):
        await database.clock.set(START + 48 * HOUR + offset)
        if swept:
            await sweep(Silence())
        for name in WHOM:
            client = scene.clients[name]
            found = await _read(client, scene)
            assert found["status"] == ("REVEALED" if open_now else "PENDING")
            assert found["revealedAt"] == (due if open_now else None)
            assert found["visibility"] == {
                "verdict": "VISIBLE" if open_now else "HIDDEN",
                "ruleId": "revealed_by_silence" if open_now else "still_waiting",
                "changesAt": None if open_now else due,
                "changesTo": None if open_now else "VISIBLE",
                "decidedAt": written(database.clock.now or START),
            }
            assert (own_id in await _statuses(client, "REVEALED")) == open_now
            assert (own_id in await _statuses(client, "PENDING")) != open_now
            assert (found["lead"]["contact"] is None) == (name == Kind.OWNER and not open_now)
        done = [one["doneAt"] is not None for one in found["deadlines"]]
        assert [one["kind"] for one in found["deadlines"]] == ["REVIEW_REMINDER", "REVEAL"]
        assert done == ([True, open_now] if swept else [False, False])


@pytest.mark.parametrize("offset", [-SECOND, timedelta(), SECOND])
async def test_a_decline_is_timely_before_48_h(database: Database, scene: Scene, offset: timedelta) -> None:
    """At 48 hours it is late: revealed contact data stays visible."""
    await database.clock.set(START + 48 * HOUR + offset)
    await decline(scene.market.prospect.viewer, Silence(), scene.hidden_application)
    late = offset >= timedelta()
    for name in WHOM:
        found = await _read(scene.clients[name], scene)
        assert found["status"] == "DECLINED"
        assert found["answeredAt"] == written(START + 48 * HOUR + offset)
        assert found["visibility"]["ruleId"] == ("declined_late" if late else "declined_in_time")
        assert found["revealedAt"] == (written(START + 48 * HOUR) if late else None)
        assert found["refund"]["verdict"] == "REFUNDABLE"
    assert (await _read(scene.clients[Kind.OWNER], scene))["lead"]["contact"] == (
        {"email": EMAIL} if late else None
    )


async def test_an_acceptance_opens_at_its_instant_and_a_withdrawal_closes_nothing(
    database: Database, scene: Scene
) -> None:
    """Accepted, then declined: the status follows the last answer, the reveal stays."""
    owner = scene.clients[Kind.OWNER]
    at = await database.clock.advance(HOUR)
    await accept(scene.market.prospect.viewer, Silence(), scene.hidden_application)
    found = await _read(owner, scene)
    assert (found["status"], found["revealedAt"], found["answeredAt"]) == (
        "ACCEPTED",
        written(at),
        written(at),
    )
    assert found["lead"] == {"contact": {"email": EMAIL}, "delivery": {"kind": "APPLICATION"}}
    later = await database.clock.advance(HOUR)
    await decline(scene.market.prospect.viewer, Silence(), scene.hidden_application)
    found = await _read(owner, scene)
    assert (found["status"], found["revealedAt"], found["answeredAt"]) == (
        "DECLINED",
        written(at),
        written(later),
    )
    assert found["visibility"]["ruleId"] == "acceptance_withdrawn"
    assert found["lead"]["contact"] == {"email": EMAIL}
    assert await _statuses(owner, "DECLINED") == [write_id("Application", scene.hidden_application)]


async def test_a_lead_is_open_until_it_closes(database: Database, scene: Scene) -> None:
    """The filter agrees with applying: at its closing time, the lead is closed."""
    closes_at = START + HOUR
    market = scene.market
    lead = await make_lead(market.market, market.prospect, title="Closing", closes_at=closes_at)
    document = "query ($open: Boolean!) { leads(filter: {open: $open}) { nodes { id closesAt } } }"
    global_id = write_id("Lead", lead.id)
    for offset, is_open in ((-SECOND, True), (timedelta(), False), (SECOND, False)):
        await database.clock.set(closes_at + offset)
        for wanted in (True, False):
            nodes = (await scene.clients[Kind.OWNER].ask(document, open=wanted)).data["leads"]["nodes"]
            assert (global_id in {node["id"] for node in nodes}) == (is_open is wanted)
    with pytest.raises(Exception, match="closed"):
        await apply(market.vendor, lead)
