"""`leadgate rules matrix`: the tables in the documents are those of the rules."""

import re
from pathlib import Path

import pytest
import typer.testing

from cli import rules as commands
from rules.placements.terms import Shown
from rules.registry import MATRICES
from settings.errors import FixableError
from tests.rules.support import make_policy

RUNNER = typer.testing.CliRunner()
NAMES = [one.name for one in MATRICES]


@pytest.mark.parametrize("name", NAMES)
def test_the_document_holds_the_table_of_the_rules(name: str) -> None:
    assert RUNNER.invoke(commands.app, ["matrix", name, "--check"]).exit_code == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_every_rule_of_its_ruleset(name: str) -> None:
    printed = RUNNER.invoke(commands.app, ["matrix", name]).output
    listed = {
        (rule, Shown(verdict))
        for verdict, rule in re.findall(r"^\| (\w+) \| `(\w+)` \|", printed, re.MULTILINE)
    }
    ruleset = next(one for one in MATRICES if one.name == name)
    assert listed == {(rule.id, rule.verdict) for rule in ruleset.rules(make_policy())}


def test_a_document_that_is_out_of_date_is_reported_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "placements.md"
    document.write_text(
        "Before.\n\n<!-- placement -->\n\nold\n\n<!-- end of placement -->\n\nAfter.\n", "utf-8"
    )
    monkeypatch.setattr(commands, "_DOCUMENT", document)
    failed = RUNNER.invoke(commands.app, ["matrix", "placement", "--check"])
    assert isinstance(failed.exception, FixableError)
    assert "leadgate rules matrix placement --write" in str(failed.exception)
    assert RUNNER.invoke(commands.app, ["matrix", "placement", "--write"]).exit_code == 0
    assert RUNNER.invoke(commands.app, ["matrix", "placement", "--check"]).exit_code == 0
    text = document.read_text("utf-8")
    assert text.startswith("Before.\n\n<!-- placement -->\n\n| state |")
    assert text.endswith("|\n\n<!-- end of placement -->\n\nAfter.\n")


def test_a_ruleset_without_a_table_is_named() -> None:
    failed = RUNNER.invoke(commands.app, ["matrix", "refund"])
    assert str(failed.exception).startswith("refund has no table.")
    assert all(name in str(failed.exception) for name in NAMES)
