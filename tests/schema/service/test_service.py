"""`service`: public information about the server, and the demo's users if only this machine can reach it."""

import re

import pytest
from starlette.requests import HTTPConnection

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.seed import USERS
from schema.graphql.reached_at import only_this_machine, public_url
from settings import Settings
from tests.support.api import Api
from tests.support.query_recorder import recorded_statements

DEMO = "{ service { demo demoUsers { email name roles } } }"
HERE = {"Host": "127.0.0.1:8000"}


async def test_anybody_can_query_it_without_the_database(api: Api) -> None:
    """The clock, version, build and languages; the whole query has a cost of one."""
    with recorded_statements() as statements:
        answer = await api.nobody.ask("{ service { now version build languages } }")
    found = answer.data["service"]
    assert statements == []
    assert answer.body["extensions"]["cost"]["requested"] == 1
    assert found["languages"] == ["de", "en", "pl", "ro"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", found["version"])
    assert re.fullmatch(r"[0-9a-f]{12}", found["build"])
    assert found["now"].endswith("Z")


async def test_everything_else_still_requires_signing_in(api: Api) -> None:
    answer = await api.nobody.ask("{ service { languages } viewer { roles } markets { nodes { id } } }")
    assert answer.codes == ["UNAUTHENTICATED", "UNAUTHENTICATED"]
    assert answer.body["data"] == {
        "service": {"languages": ["de", "en", "pl", "ro"]},
        "viewer": None,
        "markets": None,
    }


async def _insert_users() -> None:
    for user in USERS:
        await fetch(
            connection(),
            """INSERT INTO users (id, email, name, locale, time_zone, agent, operator, created_at)
               VALUES ($1, $2, $3, 'en', 'UTC', false, false, leadgate_clock())""",
            new_id(),
            user.email,
            user.name,
        )


async def test_the_demos_users_are_shown_only_to_this_machine(api: Api) -> None:
    """Not under another host name or through a proxy, and not users who cannot sign in."""
    nothing = {"demo": False, "demoUsers": []}
    assert (await api.nobody.ask(DEMO, HERE)).data["service"] == nothing
    await _insert_users()
    await fetch(connection(), "UPDATE users SET disabled_at = now() WHERE email = $1", USERS[0].email)
    found = (await api.nobody.ask(DEMO, HERE)).data["service"]
    assert found == {
        "demo": True,
        "demoUsers": [{"email": user.email, "name": user.name, "roles": [user.role]} for user in USERS[1:]],
    }
    for elsewhere in (
        {"Host": "api.test"},
        {**HERE, "X-Forwarded-For": "192.0.2.1"},
        {**HERE, "Via": "1.1 a"},
    ):
        with recorded_statements() as statements:
            assert (await api.nobody.ask(DEMO, elsewhere)).data["service"] == nothing, elsewhere
        assert statements == []


def _asked(headers: dict[str, str], scheme: str = "http", root_path: str = "") -> HTTPConnection:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "scheme": scheme, "root_path": root_path, "headers": raw})


@pytest.mark.parametrize(
    "settings",
    [{"host": "0.0.0.0"}, {"public_url": "https://api.example"}, {"forwarded_allow_ips": "127.0.0.1"}],  # noqa: S104
)
def test_a_server_that_others_can_reach_shows_no_demo(settings: dict[str, str]) -> None:
    assert only_this_machine(Settings(), _asked(HERE))
    assert not only_this_machine(Settings.model_validate(settings), _asked(HERE))
    assert not only_this_machine(Settings(), None)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (_asked({"Host": "api.test:8443"}, "https"), "https://api.test:8443"),
        (_asked({"Host": "api.test"}, "wss", "/leads/"), "https://api.test/leads"),
        (_asked({"Host": "[::1]:8000"}, "ws"), "http://[::1]:8000"),
        (
            _asked({"Host": "a.test", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "b.test"}),
            "http://a.test",
        ),
        (_asked({"Host": "a.test/?x="}), "http://127.0.0.1:8000"),
        (_asked({"Host": "user@a.test"}), "http://127.0.0.1:8000"),
        (_asked({}), "http://127.0.0.1:8000"),
        (None, "http://127.0.0.1:8000"),
    ],
)
def test_the_public_url_is_the_requests(asked: HTTPConnection | None, expected: str) -> None:
    """Headers of proxies count only if the server trusts the proxy; a malformed host never counts."""
    assert public_url(Settings(), asked) == expected


def test_the_setting_replaces_the_requests_url() -> None:
    settings = Settings(public_url="https://api.example/leads/")
    assert public_url(settings, _asked({"Host": "a.test"})) == "https://api.example/leads"


@pytest.mark.parametrize(
    "wrong", ["api.example", "ftp://api.example", "https://api.example/?a=1", "https://u:p@api.example"]
)
def test_a_public_url_is_a_plain_web_address(wrong: str) -> None:
    with pytest.raises(ValueError, match="public_url"):
        Settings(public_url=wrong)
