"""S4.9: agents never get points, leads, or how to reach an employee, other than the number in a transfer.

What is read for agents has no such attribute. And every column of a secretariat is given a value of its own,
while an agent reads every field of every type by every root field, node, subscription and mutation.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
import strawberry

from models.base.database import connection
from models.base.keyset import Slice
from models.calls.call_views import CallView
from models.calls.list import employees_by_id, list_employees, pages_of_employees
from models.calls.notices import Notice
from models.calls.presence import Availability
from models.calls.preview import CallAsked
from models.calls.routes import Routes
from models.calls.views import AgentEmployeeView, AppointmentView, EmployeeView, FaqView, SecretariatView
from models.tables import Employee, Secretariat
from rules import Policy
from tests.leak.finder import Finder
from tests.leak.planting import Planting
from tests.leak.search import Search
from tests.leak.secretariat import COLUMNS, Reach, numbers, plant_secretariat, unplanted_columns
from tests.support.api import Api

# What the types of the API that agents reach are made from.
FOR_AGENTS = (
    SecretariatView, AgentEmployeeView, AppointmentView, Availability, FaqView, CallView, CallAsked, Routes,
    Notice,
)  # fmt: skip
FORBIDDEN = {"email", "cc", "mobile", "extension", "points", "balance", "lead", "lead_id"}


def attributes(kind: object, seen: set[object]) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a view and of all views in it, each with the view's name."""
    if kind is Policy or kind in seen:
        return
    seen.add(kind)
    for inner in get_args(kind):
        yield from attributes(inner, seen)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return
    hints = get_type_hints(kind)
    for one in fields(kind):
        yield kind.__name__, one.name
        yield from attributes(hints[one.name], seen)


def test_what_agents_read_has_no_attribute_for_addresses_numbers_points_or_leads() -> None:
    found = {one for kind in FOR_AGENTS for one in attributes(kind, set())}
    assert ("Notifiable", "has_mobile") in found, "views within views are looked at"
    assert {one for one in found if one[1] in FORBIDDEN} == set()
    assert ("Route", "number") in found
    full = {name for _, name in attributes(EmployeeView, set())}
    assert full & FORBIDDEN == {"email", "cc", "mobile", "extension"}


async def test_an_agent_gets_employees_of_the_type_without_addresses(made: Planting) -> None:
    """By id, in a list, and in the lists of several companies; the company itself gets the full type."""
    for viewer, kind in ((made.agent, AgentEmployeeView), (made.vendor.owner, EmployeeView)):
        ids = [row.id for row in await Employee.all()]
        secretariat = await Secretariat.get(account_id=made.vendor.id)
        by_id = await employees_by_id(connection(), viewer, ids)
        listed = await list_employees(connection(), viewer, secretariat.id, None, Slice(10), None)
        pages = await pages_of_employees(connection(), viewer, [secretariat.id], 10)
        found = [*by_id.values(), *listed.items, *pages[secretariat.id].items]
        assert len(found) == 3 * len(ids) > 3
        assert {type(one) for one in found} == {kind}


class AgentSearch(Search):
    """Notes in which fields of responses each planted value occurs."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.places: dict[int, set[str]] = defaultdict(set)

    def judge(self, viewer: str, where: str, text: str, allowed: set[int]) -> None:  # noqa: ARG002 - as above
        """Look for every value, with the field that has it."""
        assert viewer == "agent"
        for found, place, within in _leaves(json.loads(text)):
            transfer = place == "CallRoute_number" and within["CallRoute_action"] == "TRANSFER"
            for number, _ in self.finder.find(found):
                self.places[number].add("a transfer" if transfer else place)


def _leaves(value: Any, place: str = "", within: Any = None) -> Iterator[tuple[str, str, Any]]:
    """Yield each leaf as text, with the field that has it and the object with the field; also their names."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name), "a name", value
            yield from _leaves(inner, name, value)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, place, within)
    elif value is not None:
        yield str(value), place, within


async def test_every_column_is_planted(made: Planting) -> None:
    assert made.agent.user_id is not None
    assert await unplanted_columns() == set()


async def test_an_agent_gets_what_calls_need_and_nothing_else(
    api: Api, schemas: list[strawberry.Schema], made: Planting
) -> None:
    """Every root field, node, subscription and mutation; the number of an employee in a transfer alone."""
    search = AgentSearch(api, schemas[-1], made)
    planted = await plant_secretariat(made.agent, made.vendor)
    search.finder = Finder([*made.planted, *planted])
    agent = ("agent",)
    await search.queries(agent)
    await search.nodes(agent)
    await search.subscriptions(agent)
    read = {number: set(places) for number, places in search.places.items()}
    await search.mutations(agent)
    assert search.faults == []
    columns = numbers()
    assert {columns.get(number, "a lead") for number in read} == {
        column for column, reach in COLUMNS.items() if reach is not Reach.NEVER
    }
    assert {columns.get(number, "a lead") for number in search.places} == {columns[one] for one in read}
    for number, places in search.places.items():
        if COLUMNS[columns[number]] is Reach.TRANSFER:
            assert places == {"a transfer"}


async def test_a_right_that_is_too_wide_is_found(
    api: Api, schemas: list[strawberry.Schema], made: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If agents were taken for those who manage a company, the search would find what reaches them."""
    search = AgentSearch(api, schemas[-1], made)
    search.finder = Finder(await plant_secretariat(made.agent, made.vendor))
    monkeypatch.setattr("models.calls.list.manages", lambda _: True)
    await search.queries(["agent"], "callBoard")
    columns = numbers()
    found = {columns[number] for number in search.places}
    assert {("employee", name) for name in ("email", "cc", "mobile")} <= found
    places = [places for number, places in search.places.items() if columns[number][1] == "extension"]
    assert places == [{"a transfer", "Employee_extension"}]
