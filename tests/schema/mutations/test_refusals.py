"""Business refusals over GraphQL: code, field, the decision if a rule refused, and no change."""

from datetime import timedelta

import pytest

from models.base.database import connection
from schema.graphql.ids import write_id
from tests.support.api import Api, Client, Json
from tests.support.applied import Applied
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, START, make_lead, make_vendor
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

SUBMITTED: Json = {"introduction": "We lay tiles.", "idempotencyKey": "again"}


async def _refused(client: Client, name: str, given: Json) -> tuple[list[tuple[str, str]], Json]:
    """Make a call that must be refused and change nothing; return (code, field) and the first error."""
    before = await snapshot(connection())
    payload = await call(client, name, given)
    assert await snapshot(connection()) == before
    assert payload["userErrors"]
    return refusals(payload), payload["userErrors"][0]


@pytest.mark.parametrize(
    ("late", "rule"), [(timedelta(0), "declined_in_time"), (47 * HOUR, "declined_in_time")]
)
async def test_a_decline_is_final_and_refused_with_the_rules_decision(
    api: Api, applied: Applied, database: Database, late: timedelta, rule: str
) -> None:
    """The user error includes the decision: its rule, verdict, reason and policy."""
    client = await applied.client(api, Kind.PROSPECT)
    await database.clock.advance(late)
    await call(client, "applicationDecline", {"applicationId": applied.application})
    found, error = await _refused(client, "applicationAccept", {"applicationId": applied.application})
    assert found == [("REFUSED_BY_RULE", "applicationId")]
    assert (error["decision"]["ruleId"], error["decision"]["verdict"]) == (rule, "HIDDEN")
    assert error["decision"]["policyVersion"] == applied.place.market.policy_version
    assert error["decision"]["reason"]


async def test_an_answer_to_another_version_is_stale(api: Api, applied: Applied) -> None:
    """The version that was read decides; without one, the last answer counts."""
    client = await applied.client(api, Kind.PROSPECT)
    for name in ("applicationAccept", "applicationDecline"):
        given = {"applicationId": applied.application, "expectedVersion": 7}
        found, error = await _refused(client, name, given)
        assert found == [("STALE_VERSION", "expectedVersion")]
        assert error["decision"] is None
    given = {"applicationId": applied.application, "expectedVersion": 1}
    assert (await call(client, "applicationAccept", given))["userErrors"] == []


async def test_applying_requires_points_an_open_lead_and_no_earlier_application(
    api: Api, applied: Applied, database: Database
) -> None:
    """Once per account, with points, for an open lead."""
    client = await applied.client(api, Kind.OWNER)
    again = {**SUBMITTED, "leadId": write_id("Lead", applied.place.lead.id)}
    assert (await _refused(client, "applicationSubmit", again))[0] == [("CONFLICT", "leadId")]
    poor = await make_vendor(0, name="Poor Fake Ltd")
    free = {**SUBMITTED, "leadId": write_id("Lead", applied.free.id)}
    found, _ = await _refused(await api.client(poor.owner.user_id), "applicationSubmit", free)
    assert [code for code, _ in found] == ["INSUFFICIENT_POINTS"]
    closed = await make_lead(applied.place.market, applied.place.prospect, closes_at=START)
    late = {**SUBMITTED, "leadId": write_id("Lead", closed.id)}
    assert (await _refused(client, "applicationSubmit", late))[0] == [("CONFLICT", "leadId")]


@pytest.mark.parametrize(
    ("introduction", "code"),
    [("", "REQUIRED"), (" \n", "REQUIRED"), ("x" * 5_001, "INVALID"), ("\x00", "INVALID")],
)
async def test_an_introduction_must_be_text(api: Api, applied: Applied, introduction: str, code: str) -> None:
    """It has 1 to 5,000 characters."""
    given = {**SUBMITTED, "leadId": write_id("Lead", applied.free.id), "introduction": introduction}
    found, _ = await _refused(await applied.client(api, Kind.OWNER), "applicationSubmit", given)
    assert found == [(code, "introduction")]


@pytest.mark.parametrize("message", ["x" * 5_001, "a\x00b", "\u202e"])
async def test_a_decline_message_must_be_text(api: Api, applied: Applied, message: str) -> None:
    """Otherwise the decline is not carried out."""
    given = {"applicationId": applied.application, "message": message}
    found, _ = await _refused(await applied.client(api, Kind.PROSPECT), "applicationDecline", given)
    assert found == [("INVALID", "message")]


@pytest.mark.parametrize("kind", ["TOOK_PLACE", "NO_SHOW"])
async def test_a_vendor_records_nothing_that_helps_its_refund(api: Api, applied: Applied, kind: str) -> None:
    """Readings of S1."""
    given = {"applicationId": applied.application, "kind": kind, "idempotencyKey": "once"}
    for who in (Kind.OWNER, Kind.MEMBER):
        found, _ = await _refused(await applied.client(api, who), "meetingRecord", given)
        assert found == [("FORBIDDEN", "kind")]


async def test_meeting_records_require_their_preconditions(api: Api, applied: Applied) -> None:
    """Rescheduling needs a new time, a cancellation needs a meeting, a statement needs a time in the past."""
    client = await applied.client(api, Kind.PROSPECT)
    given = {"applicationId": applied.application, "idempotencyKey": "once"}
    for kind, at, expected in (
        ("RESCHEDULED", None, ("REQUIRED", "at")),
        ("CANCELLED", None, ("CONFLICT", "applicationId")),
        ("TOOK_PLACE", (START + HOUR).isoformat(), ("INVALID", "at")),
    ):
        found, _ = await _refused(client, "meetingRecord", {**given, "kind": kind, "at": at})
        assert found == [expected]
