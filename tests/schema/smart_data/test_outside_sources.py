"""The public sources in the API: operators see which are on, and what asking them tells whom."""

import pytest

from models.base.database import connection, fetch
from models.outside.rounds import Asked
from models.outside.sources.registry import SOURCES
from models.outside.sources.source import OutsideOutcome, OutsideSource
from models.outside.tally import count_asked
from tests.support.api import Api
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import EVERYBODY, Kind

QUERY = """{ outsideSources {
    source on tells terms attribution askedToday failedToday awayUntil } }"""


async def test_operators_see_each_source_and_what_it_tells_whom(scene: Scene) -> None:
    await count_asked([Asked(OutsideSource.RDAP, OutsideOutcome.UNREACHABLE, rest_seconds=60)])
    client = scene.clients[Kind.OPERATOR]
    found = {one["source"]: one for one in (await client.ask(QUERY)).data["outsideSources"]}
    assert list(found) == [source.value for source in OutsideSource]
    assert [name for name, one in found.items() if one["on"]] == ["WEBSITE", "MAIL_DNS"]
    for source, about in SOURCES.items():
        assert found[source]["tells"] == about.tells.words.en
        assert (found[source]["terms"], found[source]["attribution"]) == (about.terms, about.attribution)
    assert found["GRAVATAR"]["attribution"] == "via Gravatar"
    assert (found["RDAP"]["askedToday"], found["RDAP"]["failedToday"]) == (1, 1)
    assert found["RDAP"]["awayUntil"] is not None
    assert (found["WEBSITE"]["askedToday"], found["WEBSITE"]["awayUntil"]) == (0, None)


@pytest.mark.parametrize("kind", [kind for kind in EVERYBODY if kind is not Kind.OPERATOR])
async def test_nobody_else_does(scene: Scene, kind: Kind) -> None:
    answer = await scene.clients[kind].ask(QUERY)
    assert answer.codes == ["UNAUTHENTICATED" if kind is Kind.ANONYMOUS else "FORBIDDEN"]
    assert answer.body["data"] == {"outsideSources": None}


@pytest.mark.parametrize("locale", ["de-AT", "pl", "ro"])
async def test_what_is_told_is_said_in_the_viewers_language(scene: Scene, locale: str) -> None:
    await fetch(connection(), "UPDATE users SET locale = $1", locale)
    client = scene.clients[Kind.OPERATOR]
    found = (await client.ask(QUERY)).data["outsideSources"]
    told = [getattr(about.tells.words, locale[:2]) for about in SOURCES.values()]
    assert [one["tells"] for one in found] == told


async def test_all_sources_are_read_in_one_statement(scene: Scene, api: Api) -> None:
    client = scene.clients[Kind.OPERATOR]
    await client.ask(QUERY)
    with recorded_statements() as statements:
        await client.ask(QUERY)
    assert len(statements) == 2  # with that of the token
