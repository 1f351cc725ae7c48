"""A secretariat with an unmistakable value in every column, and which of them an agent may see (S4.9).

A new column of these tables has to be added to one of the lists here.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from models.base.database import connection, fetch
from models.base.viewer import Viewer
from rules.calls.call_route import TransferWish
from tests.leak.finder import Planted
from tests.support.calls import make_call, make_employee, make_stored_calendar
from tests.support.marketplace import MadeVendor

Column = tuple[str, str]  # a table and one of its columns


class Reach(StrEnum):
    """How a value reaches agents."""

    ALWAYS = "they need it for calls"
    TRANSFER = "only as the number of a route that puts a call through"
    NEVER = "it is the company's"


_ALWAYS, _TRANSFER, _NEVER = Reach.ALWAYS, Reach.TRANSFER, Reach.NEVER
COLUMNS: Mapping[Column, Reach] = {
    ("secretariat", "greeting"): _ALWAYS,
    ("secretariat", "handling_instruction"): _ALWAYS,
    ("secretariat_number", "number"): _ALWAYS,
    ("asked_field", "label"): _ALWAYS,
    ("asked_field", "choices"): _ALWAYS,
    ("employee", "first_name"): _ALWAYS,
    ("employee", "last_name"): _ALWAYS,
    ("employee", "sort_key"): _ALWAYS,  # in cursors; it is made of the names
    ("employee", "email"): _NEVER,
    ("employee", "cc"): _NEVER,
    ("employee", "mobile"): _NEVER,
    ("employee", "extension"): _TRANSFER,
    ("employee", "position"): _ALWAYS,
    ("employee", "responsibility"): _ALWAYS,
    ("employee", "absence_text"): _ALWAYS,
    ("appointment", "text"): _ALWAYS,
    ("employee_calendar", "host"): _NEVER,
    ("employee_calendar", "etag"): _NEVER,
    ("employee_calendar", "last_modified"): _NEVER,
    ("vip_caller", "number"): _ALWAYS,  # of those who call
    ("vip_caller", "name"): _ALWAYS,
    ("vip_caller", "note"): _ALWAYS,
    ("faq_entry", "question"): _ALWAYS,
    ("faq_entry", "answer"): _ALWAYS,
    ("call", "caller_shown"): _ALWAYS,
    ("call", "cause"): _NEVER,
    ("call", "diverted_from"): _NEVER,
    ("transfer_attempt", "number"): _NEVER,
    ("transfer_attempt", "leg"): _NEVER,
    ("transfer_attempt", "message_for_caller"): _ALWAYS,
    ("call_note", "caller_name"): _ALWAYS,
    ("call_note", "company"): _ALWAYS,
    ("call_note", "phone"): _ALWAYS,
    ("call_note", "concern"): _ALWAYS,
    ("call_note", "answers"): _ALWAYS,
    ("account", "name"): _ALWAYS,
    ("balance", "available"): _NEVER,
    ("users", "email"): _NEVER,
    ("users", "name"): _NEVER,
    ("users", "mobile"): _NEVER,
    ("lead", "title"): _NEVER,
    ("lead", "brief"): _NEVER,
}
# Columns with words of the product, keys, zones, languages, and numbers that another column has as well.
NOT_PLANTED = {
    "secretariat": {"language", "time_zone", "holidays_of", "changed_parts"},
    "asked_field": {"key", "kind"},
    "employee": {"wish"},
    "appointment": {"source", "uid"},
    "employee_calendar": {"problem", "warnings"},
    "vip_caller": {"treatment", "waives"},
    "call": {
        "external_id", "caller", "caller_kind", "caller_trust", "dialled", "outcome", "flags",
    },
    "transfer_attempt": {"result", "by"},
    "call_note": {"refused_keys", "waived_keys"},
}  # fmt: skip
_TABLES = ("secretariat", "secretariat_number", "asked_field", "employee", "appointment", "vip_caller",
           "employee_calendar", "faq_entry", "call", "transfer_attempt", "call_note")  # fmt: skip
_FIRST = 100  # the number of the first column; those below are of leads and of other planted data
_PHONES = {"number", "mobile", "extension", "diverted_from", "phone"}
_POINTS = 735_713_571


def numbers() -> dict[int, Column]:
    """Return the columns by the number that their values have in the search."""
    return dict(enumerate(COLUMNS, _FIRST))


def _value(number: int, column: Column) -> str:
    if column[0] == "balance":
        return str(_POINTS)
    if column[1] in _PHONES:
        return f"+493077{number}4646"
    if column[1] in {"email", "cc"}:
        return f"somebody.zq{number}xk@vendor.example"
    return f"Some zq{number}xk words"


async def unplanted_columns() -> set[Column]:
    """Return the columns with texts that neither list has."""
    rows = await fetch(
        connection(),
        """SELECT table_name, column_name FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name = ANY($1::text[])
             AND data_type IN ('text', 'character varying', 'ARRAY', 'jsonb')""",
        list(_TABLES),
    )
    found = {(row["table_name"], row["column_name"]) for row in rows}
    return {one for one in found - set(COLUMNS) if one[1] not in NOT_PLANTED.get(one[0], set())}


async def plant_secretariat(agent: Viewer, vendor: MadeVendor) -> list[Planted]:
    """Overwrite all that a company has with unmistakable values; an agent talks to a VIP who can be put
    through. Returns what was planted, one number a column.
    """
    employee = await make_employee(
        vendor.owner, "Cleo Reached", extension="+493077901111", wish=TransferWish.ALL
    )
    await make_call(agent, employee)
    await make_stored_calendar(employee)
    planted = []
    for number, (table, column) in numbers().items():
        value = _value(number, (table, column))
        await _overwrite(table, column, value, vendor.id)
        planted.append(Planted(number, {column: value}))
        if (table, column) == ("vip_caller", "number"):
            await fetch(connection(), "UPDATE call SET caller = $1 WHERE finished_at IS NULL", value)
    return planted


async def _overwrite(table: str, column: str, value: str, account_id: UUID) -> None:
    """Write a value to a column of all rows, or of one where it is unique."""
    written: object = value
    if column in {"cc", "choices"}:
        written = [value]
    elif table == "balance":
        written = int(value)
    elif column == "answers":
        written = json.dumps({"order": value})
    elif column == "greeting":
        written = f"{value} [Vorname, Nachname]"
    own = {
        "account": f"id = '{account_id}'",
        "balance": f"account_id = '{account_id}' AND unit = 'POINTS'",
        "users": f"account_id = '{account_id}'",
    }
    where = own.get(table, "true")
    if (table, column) == ("users", "email"):
        where += " AND account_role = 'OWNER'"
    elif column == "number" and table != "transfer_attempt":
        where = f"id = (SELECT min(id::text)::uuid FROM {table})"
    await fetch(connection(), f"UPDATE {table} SET {column} = $1 WHERE {where}", written)
