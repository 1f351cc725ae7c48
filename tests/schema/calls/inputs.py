"""Inputs of the mutations of secretariats and employees, and calls that are refused."""

from models.base.database import connection
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import Called
from tests.support.api import Json
from tests.support.calls import version_of
from tests.support.invariants import snapshot
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

Codes = list[tuple[str, str]]


async def refused(called: Called, name: str, given: Json, kind: Kind = Kind.OWNER) -> tuple[Codes, str]:
    """Call a mutation that is refused; return the codes with fields and the first message."""
    before = await snapshot(connection())
    payload = await call(called.clients[kind], name, given)
    assert await snapshot(connection()) == before
    return refusals(payload), payload["userErrors"][0]["message"]


async def set_up(called: Called, **given: object) -> Json:
    """Return the input of `secretariatUpdate`, with the version of now."""
    return {"expectedVersion": await version_of("secretariat", called.secretariat), **given}


async def numbers(called: Called, *plain: str, blocks: tuple[str, ...] = ()) -> Json:
    """Return the input of `secretariatNumbersSet` for the vendor."""
    return await set_up(
        called,
        secretariatId=write_id("Secretariat", called.secretariat),
        phoneNumbers=list(plain),
        numberBlocks=list(blocks),
    )


def changes(called: Called, name: str, **given: object) -> Json:
    """Return the input of `employeeUpdate`, of an employee who was not changed yet."""
    return {"employeeId": called.id(name), "expectedVersion": 1, **given}


async def warnings(called: Called, **given: object) -> list[str]:
    """Change Agnes, and return the warnings."""
    payload = await call(
        called.clients[Kind.OWNER], "employeeUpdate", changes(called, "agnes", **given), "warnings"
    )
    assert refusals(payload) == []
    found: list[str] = payload["warnings"]
    return found
