"""Operations and code in documents of the client package, which `make conformance` runs; and lock files."""

import json
import re
from pathlib import Path

import pytest
from graphql import parse, validate

from tests.support.schemas import SDL_SCHEMA

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "clients" / "typescript"
EXAMPLES = ("apollo", "urql", "relay")
LOCK_FILES = [
    ROOT.joinpath(*folder, "package-lock.json")
    for folder in (("clients",), ("tests", "conformance"), ("bench", "mercurius"))
]


@pytest.mark.parametrize(
    "document", sorted((PACKAGE / "documents").glob("*.graphql")), ids=lambda file: file.stem
)
def test_the_session_sends_what_the_schema_accepts(document: Path) -> None:
    assert validate(SDL_SCHEMA, parse(document.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("example", [*EXAMPLES, "push"])
def test_the_pages_show_code_that_runs(example: str) -> None:
    """Each block of code on a client's page is part of its example, which is tested in a browser."""
    files = [file for file in (PACKAGE / "examples" / example).iterdir() if file.is_file()]
    sources = [file.read_text(encoding="utf-8") for file in files]
    page = (ROOT / "docs" / "clients" / f"{example}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        assert any(block in source for source in sources), block


@pytest.mark.parametrize("lock_file", LOCK_FILES, ids=lambda file: file.parent.name)
def test_lock_files_contain_no_registry(lock_file: Path) -> None:
    """Packages are pinned by their hashes; the installing machine chooses the registry."""
    packages = json.loads(lock_file.read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if "node_modules/" in name}
    assert installed
    for name, package in installed.items():
        assert package.get("link") or package.get("integrity"), name
        assert not str(package.get("resolved", "")).startswith("http"), name
