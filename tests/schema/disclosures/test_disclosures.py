"""The register of disclosures in the API: prospects see who has their data, operators everything."""

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import ANONYMOUS
from models.deliveries.deliver import purchase_lead
from models.process.wake import Silence
from models.tables import Contact, Prospect
from rules.messages.retry import DispatchOutcome as Outcome
from schema.graphql.ids import write_id
from tests.support.api import Api, Json
from tests.support.applied import Applied
from tests.support.complaints import QUIET, deliver, offer
from tests.support.marketplace import CONTACT_VALUES, START, MadeLead, MadeProspect, make_lead
from tests.support.messages import FakeChannel, failed, send_all
from tests.support.reading import erase
from tests.support.viewers import SIGNED_IN, Kind

pytestmark = pytest.mark.usefixtures("without_events")

EVERYTHING = """query ($leadId: ID, $basis: DisclosureBasis) {
  disclosures(leadId: $leadId, basis: $basis) { totalCount nodes {
    id at basis categories noticeState lead { title } vendor { id name } decision { outcome ruleId }
    notice { template state necessity addressHint preview { text } } } } }"""


async def _listed(api: Api, applied: Applied, kind: Kind, **variables: object) -> list[Json]:
    client = await applied.client(api, kind)
    found: Json = (await client.ask(EVERYTHING, **variables)).data["disclosures"]
    nodes: list[Json] = found["nodes"]
    assert found["totalCount"] == len(nodes)
    return nodes


async def test_the_person_and_operators_see_who_received_the_data(api: Api, applied: Applied) -> None:
    """Who, on what basis, which categories, why, and the notice; never the data."""
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    await send_all()
    for kind in Kind.PROSPECT, Kind.OPERATOR:
        (entry,) = await _listed(api, applied, kind)
        assert (entry["basis"], entry["at"], entry["noticeState"]) == (
            "ACCEPTED",
            "2026-03-02T09:00:00Z",
            "SENT",
        )
        assert entry["categories"][:4] == ["NAME", "ORGANISATION", "EMAIL", "PHONE"]
        assert entry["vendor"]["name"] == "Fake Vendor Ltd"
        assert entry["lead"] == {"title": "Website relaunch"}
        assert entry["decision"] == {"outcome": "VISIBLE", "ruleId": "prospect_accepted"}
        assert (entry["notice"]["template"], entry["notice"]["necessity"]) == (
            "contact_disclosed",
            "REQUIRED_BY_LAW",
        )
        assert not [value for value in CONTACT_VALUES if value in str(entry)]
    assert await _listed(api, applied, Kind.OTHER_PROSPECT) == []


async def test_nobody_else_may_read_the_register(api: Api, applied: Applied) -> None:
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    readers = {Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR}
    for kind in set(SIGNED_IN) - readers:
        assert (await (await applied.client(api, kind)).ask(EVERYTHING)).codes == ["FORBIDDEN"], kind
    assert (await api.nobody.ask(EVERYTHING)).codes == ["UNAUTHENTICATED"]


async def test_the_register_is_filtered_by_lead_and_basis(api: Api, applied: Applied) -> None:
    place = applied.place
    await accept(place.prospect.viewer, Silence(), applied.application_id)
    other = await make_lead(place.market, place.prospect)
    await deliver(place, place.other_vendor, other)
    foreign = await deliver(place, place.vendor, await make_lead(place.market, place.other_prospect))
    found = await _listed(api, applied, Kind.PROSPECT)
    assert [entry["basis"] for entry in found] == ["DELIVERY", "ACCEPTED"]  # newest first
    of_lead = await _listed(api, applied, Kind.PROSPECT, leadId=write_id("Lead", other.id))
    assert of_lead == found[:1]
    assert await _listed(api, applied, Kind.PROSPECT, basis="ACCEPTED") == found[1:]
    assert await _listed(api, applied, Kind.OTHER_PROSPECT, leadId=write_id("Lead", other.id)) == []
    ids = [entry["id"] for entry in await _listed(api, applied, Kind.OPERATOR)]
    assert ids[0] == write_id("Disclosure", foreign)
    assert len(ids) == 3


async def test_the_id_of_something_else_is_refused_with_the_field(api: Api, applied: Applied) -> None:
    client = await applied.client(api, Kind.PROSPECT)
    for wrong in "", "nonsense", write_id("Delivery", new_id()):
        answer = await client.ask(EVERYTHING, leadId=wrong)
        assert answer.codes == ["INVALID"]
        assert "leadId" in str(answer.body)


async def test_a_person_can_look_up_a_vendor_who_received_the_data(api: Api, applied: Applied) -> None:
    """Also without an application."""
    place = applied.place
    lead = await make_lead(place.market, place.other_prospect)
    await offer(place, lead)
    client = await applied.client(api, Kind.OTHER_PROSPECT)
    document = "query ($id: ID!) { node(id: $id) { ... on Vendor { name } } }"
    vendor = write_id("Vendor", place.vendor.id)
    assert (await client.ask(document, id=vendor)).data["node"] is None
    await purchase_lead(place.vendor.owner, QUIET, lead_id=lead.id, idempotency_key="once")
    assert (await client.ask(document, id=vendor)).data["node"] == {"name": "Fake Vendor Ltd"}


async def _without_address(applied: Applied) -> MadeLead:
    lead = await make_lead(applied.place.market, MadeProspect((await Prospect.create()).id, ANONYMOUS))
    await Contact.filter(lead_id=lead.id).update(email=None)
    return lead


async def test_the_state_of_the_notice_is_shown(api: Api, applied: Applied) -> None:
    """Waiting, sent, undelivered; none for what was disclosed before there were notices."""
    place = applied.place
    await deliver(place, place.vendor, await _without_address(applied))
    await deliver(place, place.vendor, await make_lead(place.market, place.other_prospect))

    async def states() -> list[str]:
        found = await _listed(api, applied, Kind.OPERATOR)
        return [entry["noticeState"] for entry in found]

    assert await states() == ["WAITING", "WAITING"]
    await send_all(FakeChannel(failed()))
    assert await states() == ["WAITING", "UNDELIVERED"]
    await fetch(connection(), "UPDATE dispatch SET due_at = leadgate_clock() WHERE state = 'WAITING'")
    await send_all(FakeChannel(failed(Outcome.PERMANENT)))
    assert await states() == ["UNDELIVERED", "UNDELIVERED"]
    await fetch(
        connection(), "UPDATE dispatch SET state = 'WAITING', due_at = leadgate_clock() WHERE state = 'DEAD'"
    )
    await send_all()
    assert await states() == ["SENT", "UNDELIVERED"]
    await fetch(connection(), "UPDATE dispatch SET receipt = 'BOUNCED' WHERE state = 'SENT'")
    assert await states() == ["UNDELIVERED", "UNDELIVERED"]
    (entry,) = await _listed(api, applied, Kind.OTHER_PROSPECT)
    assert (entry["noticeState"], entry["notice"]["state"]) == ("UNDELIVERED", "SENT")


async def test_an_entry_stays_after_an_erasure_without_its_lead(api: Api, applied: Applied) -> None:
    place = applied.place
    await deliver(place, place.vendor, await make_lead(place.market, place.other_prospect))
    await erase(place.other_prospect.id, START)
    await send_all()
    (entry,) = await _listed(api, applied, Kind.OPERATOR)
    assert (entry["lead"], entry["vendor"]["name"]) == (None, "Fake Vendor Ltd")
    assert (entry["basis"], entry["noticeState"]) == ("DELIVERY", "NONE")


async def test_a_page_continues_after_its_cursor(api: Api, applied: Applied) -> None:
    place = applied.place
    for _ in range(3):
        await deliver(place, place.vendor, await make_lead(place.market, place.other_prospect))
    client = await applied.client(api, Kind.OTHER_PROSPECT)
    document = """query ($after: Cursor) { disclosures(first: 2, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""
    first = (await client.ask(document)).data["disclosures"]
    rest = (await client.ask(document, after=first["pageInfo"]["endCursor"])).data["disclosures"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert len({node["id"] for node in first["nodes"] + rest["nodes"]}) == 3
    other = "query ($after: Cursor) { disclosures(after: $after, basis: PURCHASE) { nodes { id } } }"
    refused = await client.ask(other, after=first["pageInfo"]["endCursor"])
    assert refused.codes == ["INVALID"]
