"""Mutations of the phone secretariat with an idempotency key act once, however often they are sent."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from models.base.database import connection, fetch
from schema.graphql.ids import write_id
from tests.schema.calls.conftest import Called
from tests.support.mutation_calls import call, refusals
from tests.support.viewers import Kind

CASES: dict[str, tuple[str, Callable[[Called], dict[str, object]], dict[str, object]]] = {
    "appointmentSet": (
        "appointment",
        lambda called: {
            "employeeId": called.id("agnes"),
            "text": "away",
            "firstDay": "2026-04-01",
            "lastDay": "2026-04-02",
        },
        {"text": "elsewhere"},
    ),
    "employeeAccessCreate": (
        "users",
        lambda called: {"employeeId": called.id("agnes"), "email": "agnes.self@vendor.example"},
        {"email": "other.self@vendor.example"},
    ),
    "employeeCreate": (
        "employee",
        lambda _: {"name": "Emil New", "email": "emil.fake@vendor.example"},
        {"name": "Emil Newer"},
    ),
    "faqEntrySet": ("faq_entry", lambda _: {"question": "Open?", "answer": "Yes."}, {"answer": "No."}),
    "vipCallerSet": (
        "vip_caller",
        lambda _: {"number": "+493023125777", "name": "Jo", "note": ""},
        {"name": "Joan"},
    ),
}


async def count(table: str) -> int:
    """Return the number of rows."""
    rows = await fetch(connection(), f"SELECT count(*) AS n FROM {table}")
    number: int = rows[0]["n"]
    return number


@pytest.mark.parametrize("name", CASES)
async def test_a_request_that_is_sent_again_acts_once(called: Called, name: str) -> None:
    """Also concurrently; the same key with another input is refused."""
    table, make, otherwise = CASES[name]
    client = called.clients[Kind.OWNER]
    given = {**make(called), "idempotencyKey": "once"}
    before = await count(table)
    payloads: list[Any] = await asyncio.gather(*(call(client, name, given) for _ in range(3)))
    assert [refusals(payload) for payload in payloads] == [[], [], []]
    assert await count(table) == before + 1
    again = await call(client, name, {**given, **otherwise})
    assert [code for code, _ in refusals(again)] == ["IDEMPOTENCY_CONFLICT"]
    assert await count(table) == before + 1


async def test_a_secretariat_is_created_once(called: Called) -> None:
    client = called.clients[Kind.OPERATOR]
    given = {
        "accountId": write_id("Account", called.place.other_vendor.id),
        "transferIncluded": False,
        "phoneNumbers": ["+493023125300"],
        "idempotencyKey": "once",
    }
    payloads = [await call(client, "secretariatCreate", given) for _ in range(2)]
    assert [refusals(payload) for payload in payloads] == [[], []]
    assert await count("secretariat") == 2
