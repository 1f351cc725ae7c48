"""Notices of a call in the API: who sees them, and what operators and the company see of their messages."""

from models.messages.expand import expand_messages
from rules.calls.call_mail import CallOutcome
from rules.messages.dispatch import DispatchChannel
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import CALLER, EMAIL, MOBILE, Called
from tests.support.call_notices import ended_call, tell
from tests.support.messages import FakeChannel, send_all
from tests.support.viewers import Kind

NOTE = """query ($id: ID!) { node(id: $id) { ... on Call { notices {
    channel sentAt cents employee { displayName } decision { ruleId outcome } } } } }"""
NOTIFICATIONS = "{ notifications(first: 1) { nodes { kind title subject { __typename id } } } }"
DISPATCHES = """{ dispatches(filter: { template: "call_taken" }) { nodes {
    recipient addressHint subject { __typename id } decision { ruleId } preview { subject text } } } }"""


async def told(called: Called) -> str:
    """End a call with a message for Agnes, send its messages, and return the call's id."""
    call = await ended_call(
        called.secretariat,
        CallOutcome.MESSAGE_TAKEN,
        caller=CALLER + "17",
        wanted=called.agnes,
        agent=called.place.agent.user_id,
        note={"caller_name": "Jo Doe", "concern": "A new logo"},
    )
    await tell(call)
    await expand_messages()
    await send_all(FakeChannel(kind=DispatchChannel.SMS, charged=True))
    return write_id("Call", call.id)


async def test_the_company_and_operators_see_the_notices_of_a_call(called: Called) -> None:
    """Agents see the call, but not its notices; nobody else sees the call."""
    call_id = await told(called)
    found = {kind: await client.ask(NOTE, id=call_id) for kind, client in called.clients.items()}
    assert found[Kind.ANONYMOUS].codes == ["UNAUTHENTICATED"]
    for kind in (Kind.OWNER, Kind.MEMBER, Kind.OPERATOR):
        mail, text = found[kind].data["node"]["notices"]
        assert (mail["channel"], mail["sentAt"], mail["cents"]) == ("EMAIL", None, 0)
        assert (mail["employee"]["displayName"], mail["decision"]["ruleId"]) == ("Agnes Tellier", "full_note")
        assert (text["channel"], text["cents"], text["decision"]["outcome"]) == ("SMS", 0, "NONE")
    assert found[Kind.AGENT].data["node"] == {"notices": None}
    others = (Kind.OTHER_VENDOR, Kind.EMPLOYEE, Kind.PROSPECT, Kind.OTHER_PROSPECT)
    assert [found[kind].data["node"] for kind in others] == [None] * 4


async def test_a_call_is_the_subject_of_the_notification_and_of_its_dispatches(called: Called) -> None:
    """Operators see whom it was sent to, but neither an address nor what the caller left."""
    call_id = await told(called)
    (notice,) = (await called.clients[Kind.OWNER].ask(NOTIFICATIONS)).data["notifications"]["nodes"]
    assert (notice["kind"], notice["subject"]) == ("CALL_TAKEN", {"__typename": "Call", "id": call_id})
    answer = await called.clients[Kind.OPERATOR].ask(DISPATCHES)
    copy, mail = answer.data["dispatches"]["nodes"]
    assert mail["recipient"] == "Agnes Tellier, Fake Vendor Ltd"
    assert copy["recipient"] == "Agnes Tellier, CC 1, Fake Vendor Ltd"
    assert mail["subject"] == {"__typename": "Call", "id": call_id}
    assert [one for one in (EMAIL, MOBILE, CALLER, "Jo Doe", "logo") if one in str(answer.data)] == []
    for kind in (Kind.OWNER, Kind.AGENT, Kind.EMPLOYEE):
        assert (await called.clients[kind].ask(DISPATCHES)).data["dispatches"]["nodes"] == []
