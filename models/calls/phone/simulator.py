"""Telephone systems of the simulator: one for each driver, made when it is first used.

Each run gets a new secret, because nobody keeps the key with which a provider would sign.
"""

from dataclasses import dataclass, field
from uuid import UUID

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.role import Role
from models.base.sealing import Sealer
from models.base.viewer import Viewer
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.rotate_secret import rotate_secret
from models.calls.phone.set_system import KEY_FIELDS, SystemDraft, change_system, create_system
from models.calls.phone.signing import new_signing_key
from models.calls.phone.stories import AGENT, StoryCall
from models.calls.refusals import CallRefusal
from models.calls.typed_number import read_typed_number
from models.contact_data import InvalidPhone

_OPERATOR = Viewer(roles=frozenset({Role.OPERATOR}))
_EXTENSION = """SELECT employee.extension FROM employee
    JOIN secretariat_number AS answered ON answered.secretariat_id = employee.secretariat_id
    WHERE until IS NULL AND (number = $1 OR (block AND starts_with($1, number))) AND removed_at IS NULL
      AND extension IS NOT NULL
      AND ($2::text IS NULL OR lower(trim(first_name || ' ' || last_name)) = lower($2))
    ORDER BY wish = 'ALL' DESC, sort_key LIMIT 1"""
_AGENT = """SELECT users.id FROM users WHERE agent AND (
        NOT EXISTS (SELECT FROM agent_of WHERE secretariat_id = answered.secretariat_id)
        OR EXISTS (SELECT FROM agent_of
                   WHERE secretariat_id = answered.secretariat_id AND user_id = users.id))
    ORDER BY users.id LIMIT 1"""
_ANSWERED = f"""SELECT ({_AGENT}) AS agent FROM secretariat_number AS answered
    WHERE until IS NULL AND (number = $1 OR (block AND starts_with($1, number))) LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A telephone system of the simulator, and the key with which it signs this run."""

    system_id: UUID
    key: str = field(repr=False)


async def plan_call(*, dialled: str, caller: str, wanted: str | None) -> StoryCall:
    """Return a call to a company, whose employee (the wanted one, or any) an agent asks.

    Raises `Refusal`: INVALID `from`, INVALID or NOT_FOUND `to`, NOT_FOUND `wanted`.
    """
    number = _read("to", dialled)
    shown = "anonymous" if caller == "anonymous" else _read("from", caller)
    if await fetch_one(connection(), _ANSWERED, number) is None:
        raise CallRefusal.SECRETARIAT_NOT_FOUND.at("to")
    row = await fetch_one(connection(), _EXTENSION, number, wanted)
    if row is None:
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at("wanted")
    return StoryCall(new_id().hex, shown, number, row["extension"])


def _read(option: str, number: str) -> str:
    """Return a number in E.164. Raises `Refusal` INVALID with the option that it was given by."""
    try:
        return read_typed_number(number, "DE").e164
    except InvalidPhone as error:
        raise error.refusal(option) from error


async def simulated_system(sealer: Sealer, driver: PhoneDriver, dialled: str) -> Simulated:
    """Return the simulator's telephone system of a driver, with a new secret; its user is an agent of the
    company that is dialled.
    """
    name = f"Simulator ({driver})"
    row = await fetch_one(connection(), _ANSWERED, dialled)
    agent = None if row is None else row["agent"]
    key, public = new_id().hex, None
    if driver is PhoneDriver.SIPGATE:
        key, public = new_signing_key()
    keys = {KEY_FIELDS[driver]: public or key} if driver in KEY_FIELDS else {}
    users = [] if agent is None else [(AGENT, agent)]
    draft = SystemDraft(name, driver, "DE", None, keys, users)
    found = await fetch(
        connection(),
        "SELECT id, version FROM phone_system WHERE name = $1 AND driver = $2 AND deleted_at IS NULL LIMIT 1",
        name,
        driver,
    )
    if not found:
        once = new_id().hex
        system_id, made = await create_system(
            _OPERATOR, sealer, draft, idempotency_key=once, given={"name": name}
        )
        return Simulated(system_id, made or key)
    system_id, version = found[0]["id"], found[0]["version"]
    await change_system(_OPERATOR, sealer, draft, system_id=system_id, expected_version=version)
    if driver is PhoneDriver.GENERIC:
        key = await rotate_secret(_OPERATOR, sealer, system_id=system_id, expected_version=version + 1)
    return Simulated(system_id, key)
