"""GraphiQL's sources are pinned by version and hash, including every transitive package."""

import json
import re
from pathlib import Path

from schema.http import graphiql
from schema.http.graphiql import renew

FOLDER = Path(graphiql.__file__).parent
WANTED = json.loads((FOLDER / "package.json").read_text())["dependencies"]
LOCKED = json.loads((FOLDER / "package-lock.json").read_text())["packages"]


def test_every_package_has_a_hash_and_no_registry_is_named() -> None:
    packages = {name: one for name, one in LOCKED.items() if name}
    assert len(packages) > len(WANTED)
    assert [
        name for name, one in packages.items() if not one.get("integrity", "").startswith("sha512-")
    ] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_the_versions_are_exact_and_are_those_of_the_lock_file() -> None:
    assert set(renew.PACKAGES) <= set(WANTED)
    for name, version in WANTED.items():
        assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version), name
        assert LOCKED[f"node_modules/{name}"]["version"] == version
    assert LOCKED[""]["dependencies"] == WANTED


def test_the_served_files_match_the_pinned_versions() -> None:
    """As far as the licences show, which were written from the packages."""
    licences = (FOLDER / "LICENSES.txt").read_text()
    for name in renew.PACKAGES:
        assert f"\n{name} {WANTED[name]}: " in licences


def test_renewing_copies_everything_that_pins_the_packages() -> None:
    assert {"package.json", "package-lock.json"} <= set(renew.LOCKED)
    assert all((FOLDER / name).is_file() for name in renew.LOCKED)
