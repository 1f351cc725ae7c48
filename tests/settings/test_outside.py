"""Settings of the public sources, and the demo world that belongs to the embedded database alone."""

from pathlib import Path

import pytest

import embedded
from embedded.world.place import FILE, announced, expect, expected, ports
from models.outside.configured import (
    RDAP_COPY,
    open_door,
    rdap_registries,
    read_bootstrap,
    reserved_names,
    sources_on,
)
from models.outside.sources.source import OutsideSource
from models.outside.world import WorldTransport
from settings import Settings, SettingsError, load
from settings.errors import EmbeddedError
from settings.outside import OUTSIDE_NAMES


@pytest.mark.parametrize(
    ("value", "expected_names"),
    [
        ("ALL", OUTSIDE_NAMES),
        ("none", ()),
        ("rdap, WEBSITE,rdap", ("RDAP", "WEBSITE")),
    ],
)
def test_sources_are_listed_by_name(value: str, expected_names: tuple[str, ...]) -> None:
    assert load(outside_sources=value).outside_sources == expected_names


def test_by_default_the_web_site_and_dns_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OUTSIDE_SOURCES", raising=False)
    assert sources_on(load()) == {OutsideSource.WEBSITE, OutsideSource.MAIL_DNS}


@pytest.mark.parametrize("value", ["LINKEDIN", "ALL,RDAP", "WEBSITE NONE"])
def test_another_source_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="OUTSIDE_SOURCES: must be names such as WEBSITE"):
        load(outside_sources=value)


@pytest.mark.parametrize(
    ("value", "agent"),
    [
        (None, "Leadgate"),
        ("https://leads.example/about", "Leadgate (+https://leads.example/about)"),
        ("bot@leads.example", "Leadgate (+bot@leads.example)"),
    ],
)
def test_requests_say_whom_to_contact(value: str | None, agent: str) -> None:
    assert load(outside_contact=value).outside_agent == agent


@pytest.mark.parametrize("value", ["x", "https://a.de/\r\nX: y", "https://a.de/)(", "http://a.de/", "ä@b.de"])
def test_a_contact_that_no_header_may_have_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="OUTSIDE_CONTACT"):
        load(outside_contact=value)


@pytest.mark.parametrize("value", ["short", "with a blank", "with\nline"])
def test_a_key_that_no_header_may_have_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(SettingsError, match="GRAVATAR_API_KEY") as raised:
        load(gravatar_api_key=value)
    assert value not in str(raised.value)


def test_the_key_is_not_in_the_representation() -> None:
    assert "gravatar-secret" not in repr(load(gravatar_api_key="gravatar-secret"))


@pytest.mark.parametrize("value", [0, 61])
def test_the_duration_has_limits(value: int) -> None:
    with pytest.raises(SettingsError, match="OUTSIDE_SECONDS"):
        load(outside_seconds=value)


def test_a_world_is_found_while_its_process_keeps_its_file(tmp_path: Path) -> None:
    assert (expected(tmp_path), ports(tmp_path)) == (False, None)
    expect(tmp_path, world=True)
    assert (expected(tmp_path), ports(tmp_path)) == (True, None)
    with announced(tmp_path, 8080, 5353):
        assert ports(tmp_path) == (8080, 5353)
        with pytest.raises(EmbeddedError, match="running already"), announced(tmp_path, 1, 2):
            pass
        assert ports(tmp_path) == (8080, 5353)
    assert (expected(tmp_path), ports(tmp_path)) == (True, None)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    expect(tmp_path, world=False)
    assert not expected(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"http": "1", "dns": 2}'])
def test_a_file_of_another_form_is_no_world(tmp_path: Path, content: str) -> None:
    with announced(tmp_path, 1, 2):
        (tmp_path / FILE).write_text(content)
        assert ports(tmp_path) is None


def test_there_is_no_world_beside_a_database_of_ones_own(tmp_path: Path) -> None:
    with announced(tmp_path, 8080, 5353):
        own = Settings(var_dir=tmp_path, database_url="postgres://db.internal/leads")
        assert own.locate_world() is None
        for url in (None, embedded.address(tmp_path)[0]):
            locate = Settings(var_dir=tmp_path, database_url=url).locate_world()
            assert locate is not None
            assert locate() == (8080, 5353)


async def test_a_door_asks_the_services_of_the_world_where_there_is_one(tmp_path: Path) -> None:
    real = "https://api.gravatar.com/v3/profiles/"
    outside = open_door(Settings(var_dir=tmp_path))
    assert str(outside.service(real)) == real
    assert "example" not in outside.rdap
    expect(tmp_path, world=True)
    within = open_door(Settings(var_dir=tmp_path))  # even if the world is not running now
    assert str(within.service(real)) == "https://api.gravatar.com.example/v3/profiles/"
    assert "example" in within.rdap
    assert isinstance(within.fetcher.client._transport, WorldTransport)
    assert not isinstance(outside.fetcher.client._transport, WorldTransport)
    for door in (outside, within):
        await door.aclose()


def test_the_names_of_the_world_are_reserved_where_there_is_none(tmp_path: Path) -> None:
    reserved = reserved_names(Settings(var_dir=tmp_path))
    assert [reserved(name) for name in ("a.example", "localhost", "site.de")] == [True, True, False]
    expect(tmp_path, world=True)
    reserved = reserved_names(Settings(var_dir=tmp_path))
    assert [reserved(name) for name in ("a.example", "localhost", "site.de")] == [False, True, False]


def test_the_registries_that_are_shipped_have_tls(tmp_path: Path) -> None:
    shipped = rdap_registries(tmp_path)
    assert shipped["com"] == "https://rdap.verisign.com/com/v1/"
    assert all(url.startswith("https://") and url.endswith("/") for url in shipped.values())


@pytest.mark.parametrize(
    ("content", "used"),
    [
        ('{"services": [[["de", "AT"], ["http://x.de/", "https://rdap.x.de/"]]]}', "renewed"),
        ('{"services": []}', "shipped"),
        ("{", "shipped"),
        ('{"services": [[["de"], ["http://x.de/"]]]}', "shipped"),
    ],
)
def test_a_renewed_copy_is_used_if_it_has_registries(tmp_path: Path, content: str, used: str) -> None:
    (tmp_path / RDAP_COPY).write_text(content)
    found = rdap_registries(tmp_path)
    if used == "renewed":
        assert found == {"de": "https://rdap.x.de/", "at": "https://rdap.x.de/"}
    else:
        assert "com" in found


@pytest.mark.parametrize("answer", [None, [], {}, {"services": 3}, {"services": [3, [1], [["a"], 2]]}])
def test_what_is_no_bootstrap_file_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="no registry"):
        read_bootstrap(answer)
