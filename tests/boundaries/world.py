"""Shortcuts to query and act over HTTP, and to set the database's clock.

Everything goes through the API, except what only the system itself can do.
"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from models.deadlines.sweep import sweep
from models.process.wake import Silence
from schema.graphql.ids import write_id
from tests.support.api import Api, Client
from tests.support.database import Database
from tests.support.marketplace import Marketplace

_APPLICATION = """id status revealedAt visibility { verdict ruleId changesAt } refund { verdict ruleId }
    policy { version }"""
_LEAD = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Lead {{
    contact {{ email }} visibility {{ verdict ruleId }}
    application {{ {_APPLICATION} }} delivery {{ receivedAt complaintUntil }} }} }} }}"""


@dataclass
class World:
    """A marketplace, queried over HTTP."""

    api: Api
    database: Database
    place: Marketplace
    vendor: Client
    prospect: Client
    operator: Client
    keys: "count[int]" = field(default_factory=count)

    async def at(self, instant: datetime) -> None:
        """Set the database's clock to an instant."""
        await self.database.clock.set(instant)

    async def sweep(self) -> None:
        """Run a worker."""
        await sweep(Silence())

    @property
    def lead_id(self) -> str:
        """The global id of the lead."""
        return write_id("Lead", self.place.lead.id)

    async def lead(self) -> dict[str, Any]:
        """The lead as the vendor sees it."""
        found: dict[str, Any] = (await self.vendor.ask(_LEAD, id=self.lead_id)).data["node"]
        return found

    async def sees(self) -> bool:
        """Whether the vendor sees the contact data."""
        lead = await self.lead()
        assert (lead["contact"] is not None) is (lead["visibility"]["verdict"] == "VISIBLE")
        return lead["contact"] is not None

    async def act(self, who: Client, mutation: str, **given: object) -> dict[str, Any]:
        """Call a mutation and return its payload, with the application and the codes of the user errors."""
        name = mutation[0].upper() + mutation[1:]
        document = f"""mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{
            application {{ {_APPLICATION} }} userErrors {{ code field decision {{ ruleId }} }} }} }}"""
        payload: dict[str, Any] = (await who.ask(document, input=given)).data[mutation]
        return payload

    async def apply(self, meeting_at: datetime | None = None) -> dict[str, Any]:
        """Apply for the lead."""
        return await self.act(
            self.vendor,
            "applicationSubmit",
            leadId=self.lead_id,
            introduction="We can.",
            idempotencyKey=f"key {next(self.keys)}",
            **({"meetingAt": meeting_at.isoformat()} if meeting_at else {}),
        )

    async def application_id(self) -> str:
        """The global id of the vendor's application."""
        found: str = (await self.lead())["application"]["id"]
        return found

    async def answer(self, mutation: str) -> dict[str, Any]:
        """Let the prospect accept, decline or review."""
        return await self.act(self.prospect, mutation, applicationId=await self.application_id())

    async def record(self, who: Client, kind: str, at: datetime | None = None) -> list[str]:
        """Record something about the meeting and return the codes of the user errors."""
        payload = await self.act(
            who,
            "meetingRecord",
            applicationId=await self.application_id(),
            kind=kind,
            idempotencyKey=f"key {next(self.keys)}",
            **({"at": at.isoformat()} if at else {}),
        )
        return codes(payload)

    async def points(self) -> tuple[int, int]:
        """The vendor's available points and points on hold."""
        document = "{ viewer { account { points pointsOnHold } } }"
        account = (await self.vendor.ask(document)).data["viewer"]["account"]
        return account["points"], account["pointsOnHold"]

    async def event_kinds(self, who: Client) -> list[str]:
        """The kinds of a recipient's notifications, newest first."""
        document = "{ notifications { nodes { kind } } }"
        return [node["kind"] for node in (await who.ask(document)).data["notifications"]["nodes"]]

    async def count(self, connection: str, **filters: object) -> int:
        """The number of items in a filtered list, as the vendor sees it."""
        kind = {"leads": "Lead", "applications": "Application", "deliveries": "Delivery"}[connection]
        document = f"query ($f: {kind}Filter) {{ {connection}(filter: $f) {{ totalCount }} }}"
        total: int = (await self.vendor.ask(document, f=filters)).data[connection]["totalCount"]
        return total


def codes(payload: dict[str, Any]) -> list[str]:
    """The codes of a payload's user errors."""
    return [error["code"] for error in payload["userErrors"]]
