"""`leadCategories`: the categories of the open leads that a viewer may see, counted in one statement."""

import pytest

import models.leads.list
from tests.support.leads import LeadRow, insert_leads
from tests.support.marketplace import HOUR, START
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.stops import insert_stop
from tests.support.viewers import Kind

DOCUMENT = """query ($market: String, $first: Int) { leadCategories(market: $market, first: $first) {
  categories { category leads } countsAreExact } }"""
LISTED = "{ leads(first: 100, filter: {open: true}) { nodes { category } } }"
LISTING = (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR)


async def _fill(scene: Scene) -> None:
    """Insert leads in other categories: open, closed, and one of a person who must not be contacted."""
    market, prospect = scene.market.market.id, scene.market.prospect.id
    await insert_leads([LeadRow(market, prospect, category="Roofing") for _ in range(3)])
    await insert_leads([LeadRow(market, prospect, category="Over", closes_at=START - HOUR)])
    await insert_leads([LeadRow(market, scene.market.other_prospect.id, category="Stopped")])
    await insert_stop(scene.market.other_prospect.id)


async def test_the_numbers_are_those_of_the_list_for_every_viewer(scene: Scene) -> None:
    """Leads that the viewer cannot list are not counted."""
    await _fill(scene)
    for name in LISTING:
        nodes = (await scene.clients[name].ask(LISTED)).data["leads"]["nodes"]
        listed = [node["category"] for node in nodes]
        found = (await scene.clients[name].ask(DOCUMENT)).data["leadCategories"]
        assert found["countsAreExact"] is True
        counts = {one["category"]: one["leads"] for one in found["categories"]}
        assert counts == {category: listed.count(category) for category in listed}, name
        assert [one["leads"] for one in found["categories"]] == sorted(counts.values(), reverse=True)
        assert not {"Over", "Stopped"} & counts.keys(), name


async def test_others_are_refused(scene: Scene) -> None:
    for name in (Kind.EMPLOYEE, Kind.AGENT):
        answer = await scene.clients[name].ask(DOCUMENT)
        assert (answer.codes, answer.body["data"]) == (["FORBIDDEN"], {"leadCategories": None})


async def test_counting_is_one_statement_and_bounded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, only the newest leads are counted; the cost includes that of counting."""
    await _fill(scene)
    owner = scene.clients[Kind.OWNER]
    with recorded_statements() as statements:
        answer = await owner.ask(DOCUMENT, first=1)
    assert len(statements) == 2, "the viewer and the count"
    assert answer.data["leadCategories"]["categories"] == [{"category": "Roofing", "leads": 3}]
    assert answer.body["extensions"]["cost"]["requested"] > 300
    monkeypatch.setattr(models.leads.list, "COUNTED_ROWS", 2)
    found = (await owner.ask(DOCUMENT)).data["leadCategories"]
    assert found["countsAreExact"] is False
    assert sum(one["leads"] for one in found["categories"]) == 2


async def test_the_market_and_the_size_are_checked(scene: Scene) -> None:
    owner = scene.clients[Kind.OWNER]
    assert (await owner.ask(DOCUMENT, market=scene.market.market.code)).data["leadCategories"]["categories"]
    for wrong in ({"market": "nowhere"}, {"market": "\x00"}, {"first": 0}, {"first": 101}):
        answer = await owner.ask(DOCUMENT, **wrong)
        assert answer.codes == ["INVALID"]
        assert answer.body["errors"][0]["extensions"]["field"] == list(wrong)
