"""`leadgate outside`: what asking tells whom, and the copy of the registries' addresses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import outside
from models.outside.configured import RDAP_COPY, rdap_registries
from models.outside.sources.source import OutsideSource

BOOTSTRAP = {"publication": "2026-11-29T00:00:00Z", "services": [[["de"], ["https://rdap.denic.test/"]]]}


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the command."""
    folder = tmp_path / "var"
    monkeypatch.setenv("VAR_DIR", str(folder))
    return folder


def _answering(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    async def read() -> bytes:
        return content

    monkeypatch.setattr(outside, "_read", read)


def test_each_source_is_listed_with_what_it_tells_whom(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTSIDE_SOURCES", "RDAP")
    monkeypatch.setenv("COLUMNS", "200")
    shown = CliRunner().invoke(outside.app, ["sources"])
    assert shown.exit_code == 0
    for source in OutsideSource:
        (line,) = (line for line in shown.output.splitlines() if f" {source.value} " in line)
        assert ("yes" in line) == (source is OutsideSource.RDAP)
    assert "learns the domain" in shown.output


def test_the_addresses_of_registries_are_renewed(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch, json.dumps(BOOTSTRAP).encode())
    shown = CliRunner().invoke(outside.app, ["rdap-bootstrap"])
    assert (shown.exit_code, shown.output) == (0, "1 top-level domains have a registry with RDAP.\n")
    assert rdap_registries(var) == {"de": "https://rdap.denic.test/"}
    (copy,) = var.iterdir()
    assert (copy.name, copy.stat().st_mode & 0o777) == (RDAP_COPY, 0o600)


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b'{"services": []}'])
def test_an_answer_of_another_form_changes_nothing(
    var: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    _answering(monkeypatch, content)
    shown = CliRunner().invoke(outside.app, ["rdap-bootstrap"])
    assert isinstance(shown.exception, outside.OutsideError)
    assert outside.BOOTSTRAP in str(shown.exception)
    assert not var.exists()
