"""The configurations of `deploy/`, and what the documents show of them."""

import re

import pytest
import yaml

from tests.cluster.engines import ROOT
from tests.cluster.templates import DEPLOY, fill, placeholders

CONFIGURATIONS = ("haproxy.cfg", "patroni.yml", "pgbouncer.ini", "sentinel.conf")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
_SHOWN = re.compile(r"^<!-- deploy/(\S+) -->\n+```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def filled(name: str, **given: object) -> str:
    """Fill in a configuration with a word for each placeholder."""
    return fill(name, {place: f"{place}-value" for place in placeholders(name)} | given)


def setting(name: str) -> str:
    """Return the value of a setting of Patroni."""
    (value,) = re.findall(
        rf"^ +{name}: (\S+)", (DEPLOY / "patroni.yml").read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(value)


def shown() -> list[tuple[str, str]]:
    """Return the name and the lines of each part of a configuration in the documents."""
    texts = [document.read_text(encoding="utf-8") for document in DOCUMENTS]
    return [(name, lines) for text in texts for name, lines in _SHOWN.findall(text)]


def test_documents_show_what_the_files_contain() -> None:
    """Each part of a configuration in the documents stands in its file, line by line."""
    for name, lines in shown():
        assert lines in (DEPLOY / name).read_text(encoding="utf-8"), name


def test_every_configuration_is_shown() -> None:
    """The documents show a part of every configuration."""
    assert {name for name, _ in shown()} >= set(CONFIGURATIONS)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_placeholders_are_explained(name: str) -> None:
    """Every placeholder of a configuration is in the page's table."""
    assert {place for place in placeholders(name) if f"`{place}`" not in PAGE} == set()


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_missing_value_is_an_error(name: str) -> None:
    """A configuration is never written with a placeholder in it."""
    with pytest.raises(KeyError):
        fill(name, {})
    assert "${" not in filled(name)


def test_a_line_can_be_left_out() -> None:
    """A setting that a program lacks is left out, and nothing else is."""
    whole = filled("pgbouncer.ini")
    values = {place: f"{place}-value" for place in placeholders("pgbouncer.ini")}
    less = fill("pgbouncer.ini", values, without=["max_prepared_statements"])
    assert set(whole.splitlines()) - set(less.splitlines()) == {"max_prepared_statements = 200"}


def test_an_unknown_line_cannot_be_left_out() -> None:
    """Leaving out a setting that the file does not contain is an error."""
    values = {place: f"{place}-value" for place in placeholders("pgbouncer.ini")}
    with pytest.raises(ValueError, match="pool_size"):
        fill("pgbouncer.ini", values, without=["pool_size"])


def test_patroni_changes_nothing_for_those_without_its_password() -> None:
    """Its API can change PostgreSQL's configuration, and so run commands; reading it needs no password."""
    api = yaml.safe_load(filled("patroni.yml"))["restapi"]
    assert api["authentication"] == {"username": "patroni", "password": "patroni_password-value"}


def test_patroni_renews_its_lease_in_time() -> None:
    """Patroni's own rule holds: two retries and one round fit into the lease."""
    assert int(setting("loop_wait")) + 2 * int(setting("retry_timeout")) <= int(setting("ttl"))


def test_commits_reach_a_standby() -> None:
    """An acknowledged commit is on two hosts, so that a failover loses none."""
    assert (setting("synchronous_mode"), setting("synchronous_commit")) == ("true", '"on"')
