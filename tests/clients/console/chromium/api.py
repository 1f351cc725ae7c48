"""The other users of the console's tests, who use the API: they publish leads and answer applications."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4
from zlib import crc32

import httpx

from models.seed import PASSWORD
from schema.graphql.document_ids import id_of

SIGN_IN = "mutation In($input: SignInInput!) { signIn(input: $input) { accessToken } }"
PUBLISH = """mutation Publish($input: LeadPublishInput!) {
  leadPublish(input: $input) { lead { id } userErrors { message } }
}"""
APPLICATIONS = "query Applications { applications(first: 10) { nodes { id status lead { id } } } }"
SUBMIT = """mutation Submit($input: ApplicationSubmitInput!) {
  applicationSubmit(input: $input) { application { id } userErrors { message } }
}"""
ACCEPT = """mutation Accept($input: ApplicationAcceptInput!) {
  applicationAccept(input: $input) { application { status } userErrors { message } }
}"""
DECLINE = """mutation Decline($input: ApplicationDeclineInput!) {
  applicationDecline(input: $input) { application { status } userErrors { message } }
}"""
LEADS = "query Leads { leads(first: 1, filter: { open: true, applied: false }) { nodes { id } } }"
SETTINGS = """mutation Settings($input: UserSettingsUpdateInput!) {
  userSettingsUpdate(input: $input) { user { locale } userErrors { message } }
}"""
ACCOUNT = "query Account { viewer { account { id } } }"
COUNTS = "query Counts { viewer { desk { counts { kind count } } } }"
DELIVER = """mutation Deliver($input: LeadDeliverInput!) {
  leadDeliver(input: $input) { delivery { id } userErrors { message } }
}"""
COMPLAIN = """mutation Complain($input: ComplaintFileInput!) {
  complaintFile(input: $input) {
    complaint { id number items(first: 10) { nodes { id } } } userErrors { message }
  }
}"""
DECIDE = """mutation Decide($input: ComplaintItemDecideInput!) {
  complaintItemDecide(input: $input) { item { id } userErrors { message } }
}"""
POINTS = "query Points { viewer { account { id points } } }"
POLICIES = "query Policies { policies(first: 100) { nodes { version marketCode parameters } } }"
PUBLISH_POLICY = """mutation PublishPolicy($input: PolicyPublishInput!) {
  policyPublish(input: $input) { policy { version } userErrors { message } }
}"""
PURCHASE = """mutation Purchase($input: PointsPurchaseInput!) {
  pointsPurchase(input: $input) { account { points } userErrors { message } }
}"""
NUMBERS = "query Numbers { complaints(first: 100) { nodes { number } } }"
PROSPECTS = "query Prospects { leads(first: 10) { nodes { title prospectId } } }"
DEVICE = """mutation Device($input: DeviceRegisterInput!) {
  deviceRegister(input: $input) { device { id } userErrors { message } }
}"""
NOW = "query Now { service { now } }"
ENOUGH = 2_000  # points that all tests together cost at most
BRIEF = "A request that the tests of the console have published."
OF_CASES = (
    SETTINGS,
    SIGN_IN,
    PUBLISH,
    APPLICATIONS,
    SUBMIT,
    ACCEPT,
    LEADS,
    ACCOUNT,
    COUNTS,
    DELIVER,
    COMPLAIN,
)
OF_OPERATORS = (POLICIES, PUBLISH_POLICY, PURCHASE, DECIDE)
DOCUMENTS = (*OF_CASES, *OF_OPERATORS, NUMBERS, PROSPECTS, DEVICE, DECLINE, NOW, POINTS)


def _data(found: dict[str, Any]) -> Any:
    """Return the data of a response; fails with the errors or refusals that it has instead."""
    assert "errors" not in found, found
    for payload in found["data"].values():
        assert not (payload.get("userErrors") if isinstance(payload, dict) else None), payload
    return found["data"]


def write_documents(path: Path) -> None:
    """Write the manifest with which a server runs these documents."""
    path.write_text(json.dumps({id_of(text): text for text in DOCUMENTS}), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Planted:
    """A lead with contact data that nothing else contains."""

    lead_id: str
    title: str
    contact: dict[str, str]

    def forms(self) -> list[str]:
        """Return the texts that show the contact data."""
        phone = self.contact["phone"]
        return [self.contact["fullName"], self.contact["email"], phone, phone.removeprefix("+49")]


class Person:
    """A user of the demo, who is signed in until a test moves the server's clock, and then again."""

    _tokens: ClassVar[dict[tuple[str, str], str]] = {}  # by the server's address and the user

    def __init__(self, address: str, who: str) -> None:
        """Sign in with the first request, if no test has done so before."""
        self._endpoint = f"{address}/graphql"
        self._key = address, who

    def run(self, text: str, **values: object) -> Any:
        """Run a document with the fields of its input; returns its data."""
        token = self._tokens.get(self._key) or self._sign_in()
        found = self._ask(text, values, token)
        if any(one["extensions"]["code"] == "UNAUTHENTICATED" for one in found.get("errors", [])):
            found = self._ask(text, values, self._sign_in())
        return _data(found)

    def _sign_in(self) -> str:
        given = {"email": f"{self._key[1]}@demo.example", "password": PASSWORD}
        token: str = _data(self._ask(SIGN_IN, given))["signIn"]["accessToken"]
        self._tokens[self._key] = token
        return token

    def _ask(self, text: str, values: dict[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": text, "variables": {"input": values} if values else {}}
        found: dict[str, Any] = httpx.post(self._endpoint, json=body, headers=headers, timeout=30).json()
        return found

    def publish(self, name: str, title: str, brief: str = BRIEF, domain: str = "planted.example") -> Planted:
        """Publish a lead of the demo's market with contact data that is made from a name of one word."""
        phone = f"+4930{crc32(name.encode()) % 900_000 + 23_100_000}"
        contact = {
            "fullName": f"{name} Zwetschkenbaum",
            "email": f"{name.lower()}.zwetschkenbaum@{domain}",
            "phone": phone,
        }
        found = self.run(
            PUBLISH,
            title=title,
            brief=brief,
            category="Web design",
            country="DE",
            city="Berlin",
            market="demo",
            contact={**contact, "preferredChannel": "EMAIL"},
        )
        return Planted(found["leadPublish"]["lead"]["id"], title, contact)

    def apply(self, lead_id: str) -> None:
        """Apply for a lead."""
        self.run(SUBMIT, leadId=lead_id, introduction="We are close by.", idempotencyKey=uuid4().hex)

    def accept(self, lead_id: str) -> None:
        """Accept the application for a lead."""
        self.run(ACCEPT, applicationId=self._application(lead_id))

    def decline(self, lead_id: str) -> None:
        """Decline the application for a lead; one that was accepted is withdrawn."""
        self.run(DECLINE, applicationId=self._application(lead_id))

    def _application(self, lead_id: str) -> str:
        """Return the id of the newest application for a lead."""
        found = self.run(APPLICATIONS)["applications"]["nodes"]
        application: str = next(one["id"] for one in found if one["lead"]["id"] == lead_id)
        return application

    def deliver(self, lead_id: str, account_id: str, *, kind: str = "RECORD", points: int = 10) -> str:
        """Deliver a lead, as an operator; returns the delivery's id."""
        found = self.run(
            DELIVER,
            leadId=lead_id,
            accountId=account_id,
            kind=kind,
            points=points,
            idempotencyKey=uuid4().hex,
        )
        delivery: str = found["leadDeliver"]["delivery"]["id"]
        return delivery

    def complain(self, *deliveries: str) -> str:
        """Complain about deliveries for a reason that operators decide; returns the complaint's number."""
        items = [
            {
                "deliveryId": one,
                "reason": "NUMBER_OF_ANOTHER_PERSON",
                "explanation": "A bakery answers.",
            }
            for one in deliveries
        ]
        found = self.run(COMPLAIN, items=items, idempotencyKey=uuid4().hex)
        number: str = found["complaintFile"]["complaint"]["number"]
        return number

    def no_consent(self, delivery: str) -> str:
        """Complain that a person did not consent to be contacted; returns the complaint item's id."""
        item = {"deliveryId": delivery, "reason": "NO_CONSENT", "explanation": "She never asked for a call."}
        found = self.run(COMPLAIN, items=[item], idempotencyKey=uuid4().hex)
        (row,) = found["complaintFile"]["complaint"]["items"]["nodes"]
        item_id: str = row["id"]
        return item_id

    def uphold(self, item_id: str) -> None:
        """Accept an item of a complaint, as an operator."""
        self.run(DECIDE, itemId=item_id, verdict="ACCEPTED", comment="We have no proof of consent.")

    def account(self) -> tuple[str, int]:
        """Return the id of the own account, and its points."""
        found = self.run(POINTS)["viewer"]["account"]
        return found["id"], found["points"]

    def parameters(self, market: str) -> tuple[str, Any]:
        """Return the name and the parameters of a market's latest policy, as an operator."""
        found = self.run(POLICIES)["policies"]["nodes"]
        latest = next(one for one in found if one["marketCode"] == market)
        return latest["version"], latest["parameters"]

    def publish_policy(self, market: str, parameters: Any) -> str:
        """Publish parameters as a market's latest policy, in force from now on by the server's clock, which
        other tests may have advanced; returns its version.
        """
        latest, _ = self.parameters(market)
        found = self.run(
            PUBLISH_POLICY,
            draft={"market": market, "parameters": parameters},
            version=f"{market}-{uuid4().hex[:12]}",
            effectiveFrom=self.run(NOW)["service"]["now"],
            expectedLatestVersion=latest,
            idempotencyKey=uuid4().hex,
        )
        version: str = found["policyPublish"]["policy"]["version"]
        return version


def book_points(address: str) -> None:
    """Give the demo's vendor the points that the tests' applications and deliveries cost."""
    account = Person(address, "vendor").run(ACCOUNT)["viewer"]["account"]["id"]
    Person(address, "operator").run(PURCHASE, accountId=account, points=ENOUGH, idempotencyKey=uuid4().hex)
