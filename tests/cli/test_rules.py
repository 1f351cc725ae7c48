"""`leadgate rules`: the tables in the documents are those of the rules, and laws to check are listed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import typer.testing

from cli import rules as commands
from rules.laws.calling_hours import HOURS_TABLES, hours_rows
from rules.laws.checking import GOOD_FOR, NOTICE
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


def test_laws_are_listed_two_months_before_they_have_to_be_checked_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    oldest = min(row.checked_on for row in hours_rows(HOURS_TABLES[-1]).values())
    commands._list_laws_to_check(oldest + GOOD_FOR - NOTICE)
    assert capsys.readouterr().err == ""
    commands._list_laws_to_check(oldest + GOOD_FOR - NOTICE + timedelta(days=1))
    listed = capsys.readouterr().err
    assert "Calling hours of FR (Code de la consommation" in listed
    assert f"Check the law by {oldest + GOOD_FOR}" in listed
