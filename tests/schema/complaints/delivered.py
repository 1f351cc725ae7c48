"""A marketplace with delivered leads, and the operations that tests of complaints send."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from python_calamine import CalamineWorkbook

from models.base.database import connection, fetch
from models.base.viewer import Viewer
from schema.graphql.ids import write_id
from tests.support.api import Answer, Api, Client, Json
from tests.support.database import Database
from tests.support.marketplace import START, MadeLead, Marketplace, make_lead, make_marketplace, make_prospect
from tests.support.viewers import Kind, clients_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = """mutation ($input: ComplaintFileInput!) { complaintFile(input: $input) {
  complaint { id number status decideBy file { name kind } answerFile { name url } vendor { name }
    counts { total accepted rejected underReview }
    items { totalCount nodes { id version row verdict reason explanation comment remedy remedyPoints
      decision { ruleId verdict message } evidence { check speaks detail }
      delivery { id } replacement { id replacementFor { id } lead { contact { fullName } } } } } }
  rowErrors { row column code reason message } userErrors { code reason field message } } }"""
DECIDE = """mutation ($input: ComplaintItemsDecideInput!) { complaintItemsDecide(input: $input) {
  items { id verdict comment remedy remedyPoints version decision { ruleId }
    complaint { status answerFile { name url } } replacement { id kind replacementFor { id } } }
  userErrors { code field message } } }"""
DELIVER = """mutation ($input: LeadDeliverInput!) { leadDeliver(input: $input) {
  delivery { id kind points complaintUntil complaintItem { id } replacementFor { id } }
  userErrors { code field message } } }"""
OFFER = """mutation ($input: LeadOfferInput!) { leadOffer(input: $input) {
  lead { offer { mode kind points placesLeft } } userErrors { code field message } } }"""
TEMPLATE = """mutation ($input: ComplaintTemplateCreateInput!) { complaintTemplateCreate(input: $input) {
  file { id url name kind mediaType size } userErrors { code field message } } }"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The viewers, the leads, and the global ids of the vendor's deliveries."""

    database: Database
    api: Api
    market: Marketplace
    clients: Mapping[Kind, Client]
    record: str
    club: str
    second_club: str
    stock: MadeLead

    @property
    def owner(self) -> Client:
        """The vendor's owner."""
        return self.clients[Kind.OWNER]

    @property
    def operator(self) -> Client:
        """A marketplace operator."""
        return self.clients[Kind.OPERATOR]

    @property
    def vendor(self) -> Viewer:
        """The owner as a viewer."""
        return self.market.vendor.owner


async def make_delivered(database: Database, api: Api) -> Delivered:
    """Deliver three leads over the API and offer a fourth as stock."""
    await database.clock.set(START)
    market = await make_marketplace()
    clients = await clients_of(api, market)
    delivered: list[str] = []
    for title, kind in (("A record", "RECORD"), ("A club lead", "LEAD_CLUB"), ("Another", "LEAD_CLUB")):
        lead = await make_lead(market.market, await make_prospect(), title=title)
        delivered.append(await deliver(clients[Kind.OPERATOR], lead, market.vendor.id, kind))
    stock = await make_lead(market.market, await make_prospect(), title="In stock")
    given = {"kind": "LEAD_CLUB", "mode": "SHARED", "points": 7, "cap": 5}
    data = (
        await clients[Kind.OPERATOR].ask(OFFER, input={"leadId": write_id("Lead", stock.id), **given})
    ).data["leadOffer"]
    assert data["userErrors"] == []
    record, club, second_club = delivered
    return Delivered(database, api, market, clients, record, club, second_club, stock)


async def deliver(operator: Client, lead: MadeLead, account_id: UUID, kind: str) -> str:
    """Deliver a lead for seven points and return the delivery's global id."""
    given = {
        "leadId": write_id("Lead", lead.id),
        "accountId": write_id("Account", account_id),
        "kind": kind,
        "points": 7,
        "idempotencyKey": f"deliver-{lead.id}",
    }
    payload = (await operator.ask(DELIVER, input=given)).data["leadDeliver"]
    assert payload["userErrors"] == []
    assert (payload["delivery"]["kind"], payload["delivery"]["points"]) == (kind, 7)
    return str(payload["delivery"]["id"])


def item(delivery: str, reason: str = "WRONG_ADDRESS", explanation: str = "Nobody is there.") -> Json:
    """Return one item as a client sends it."""
    return {"deliveryId": delivery, "reason": reason, "explanation": explanation}


async def file_items(client: Client, items: list[Json], key: str = "filed") -> Json:
    """File items and return the payload."""
    payload: Json = (await client.ask(FILE, input={"items": items, "idempotencyKey": key})).data[
        "complaintFile"
    ]
    return payload


async def file_bytes(client: Client, content: bytes, name: str, key: str = "filed") -> Answer:
    """Upload a file by graphql-multipart-request-spec."""
    operations = {"query": FILE, "variables": {"input": {"file": None, "idempotencyKey": key}}}
    response = await client.http.post(
        "/graphql",
        data={"operations": json.dumps(operations), "map": json.dumps({"0": ["variables.input.file"]})},
        files={"0": (name, content, "application/octet-stream")},
        headers={"GraphQL-Preflight": "1", "Authorization": f"Bearer {client.token}"},
    )
    return Answer(response.status_code, response.json(), response.headers)


async def decide(client: Client, *decisions: Json) -> Json:
    """Decide items and return the payload."""
    payload: Json = (await client.ask(DECIDE, input={"items": list(decisions)})).data["complaintItemsDecide"]
    return payload


async def count(table: str) -> int:
    """Return the number of rows of a table."""
    return int((await fetch(connection(), f"SELECT count(*) AS n FROM {table}"))[0]["n"])


def sheet(content: bytes) -> list[list[str]]:
    """Return the first sheet of a workbook."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]
