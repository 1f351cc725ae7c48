"""The built files belong to the sources, are complete, and are in the wheel."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from clients.console import DOCUMENTS, manifest
from clients.console.serving import BUILT
from schema.graphql.document_files import read_manifest
from tests.support.demo_server import ROOT


def test_the_built_files_belong_to_the_sources() -> None:
    """`make console` builds them again."""
    assert manifest.differences(BUILT) == []


def test_a_built_file_that_was_changed_is_named(tmp_path: Path) -> None:
    shutil.copytree(BUILT, tmp_path / "built")
    page = tmp_path / "built" / "index.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    (tmp_path / "built" / "new.js").touch()
    assert manifest.differences(tmp_path / "built") == [
        "built file index.html differs",
        "built file new.js is new",
    ]


def test_a_source_that_was_changed_is_named(tmp_path: Path) -> None:
    shutil.copytree(BUILT, tmp_path / "built")
    path = tmp_path / "built" / "manifest.json"
    stored = json.loads(path.read_bytes())
    stored["sources"]["clients/console/app/main.tsx"] = "0" * 64
    del stored["sources"]["schema/schema.graphql"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert manifest.differences(tmp_path / "built") == [
        "source clients/console/app/main.tsx differs",
        "source schema/schema.graphql is new",
    ]


def test_the_command_names_what_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(manifest, "differences", lambda _: ["source x differs"])
    assert manifest.main([]) == 1
    assert "source x differs\nBuild the console again with `make console`." in capsys.readouterr().out


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "clients" / "console" / "package-lock.json").read_bytes())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_the_documents_are_a_manifest_and_contain_those_of_the_session() -> None:
    found = read_manifest(DOCUMENTS)
    for path in (ROOT / "clients" / "typescript" / "documents").glob("*.graphql"):
        assert path.read_text(encoding="utf-8") in found.values()


def test_the_wheel_contains_every_built_file(tmp_path: Path) -> None:
    """Built from a copy, so that no folder of a build stays in the project."""
    names = ["pyproject.toml", "README.md", "server.py", "clients"]
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("node_modules", "build"))
        else:
            shutil.copy(source, tmp_path / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    subprocess.run([*command, "--wheel-dir", "dist"], cwd=tmp_path, check=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("clients/console/")}
    stored = json.loads((BUILT / "manifest.json").read_bytes())["files"]
    wanted = {f"clients/console/built/{name}" for name in (*stored, "manifest.json")}
    assert "clients/console/built/index.html" in wanted
    assert wanted - packed == set()
    assert [name for name in packed if "/app/" in name] == []
