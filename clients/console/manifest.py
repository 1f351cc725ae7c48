"""Keeps the built files equal to their sources.

`python -m clients.console.manifest` compares the sources with those that were built; `--write` says what was
just built. Needs neither Node nor packages.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COMPILED = HERE / "build" / "documents.json"
MANIFEST = "manifest.json"
_DIGITS = 16
_CONFIGURATION = (
    "package.json",
    "package-lock.json",
    "relay.config.json",
    "relay.mjs",
    "tsconfig.json",
    "vite.config.ts",
)
_LEFT_OUT = frozenset({"__generated__", "node_modules"})


def sources() -> list[Path]:
    """Return all files from which the console is built, in the order of their paths."""
    package = HERE.parent / "typescript"
    found = [HERE / name for name in _CONFIGURATION]
    for folder in (HERE / "app", package / "src", package / "documents"):
        found += [
            path for path in folder.rglob("*") if path.is_file() and not _LEFT_OUT.intersection(path.parts)
        ]
    return sorted([*found, ROOT / "schema" / "schema.graphql"])


def digests(paths: list[Path]) -> dict[str, str]:
    """Return the SHA-256 of each file by its path in the project."""
    return {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def manifest_of(built: Path) -> dict[str, object]:
    """Return what a folder of built files contains, and from which sources it was built."""
    files: dict[str, dict[str, object]] = {}
    for path in sorted(built.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            content = path.read_bytes()
            files[path.relative_to(built).as_posix()] = {
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
    found = digests(sources())
    return {
        "build": _together({name: str(file["sha256"]) for name, file in files.items()})[:_DIGITS],
        "source": _together(found),
        "files": files,
        "sources": found,
    }


def write(built: Path) -> None:
    """Complete a folder that Vite has filled: the trusted documents and the manifest."""
    shutil.copyfile(COMPILED, built / "documents.json")
    text = json.dumps(manifest_of(built), indent=1) + "\n"
    (built / MANIFEST).write_text(text, encoding="utf-8")


def differences(built: Path) -> list[str]:
    """Return what differs between the manifest and the files: nothing if `built` is up to date."""
    stored = json.loads((built / MANIFEST).read_bytes())
    found = manifest_of(built)
    wrong = _compare("source", stored["sources"], digests(sources()))
    wrong += _compare("built file", _hashes(stored["files"]), _hashes(found["files"]))
    if not wrong and stored != found:
        wrong.append(f"{MANIFEST}: its digests do not belong to its lists")
    return wrong


def _compare(what: str, stored: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    names = sorted({*stored, *found})
    return [
        f"{what} {name} {'is new' if name not in stored else 'is gone' if name not in found else 'differs'}"
        for name in names
        if stored.get(name) != found.get(name)
    ]


def _hashes(files: object) -> dict[str, str]:
    return {name: file["sha256"] for name, file in files.items()} if isinstance(files, dict) else {}


def _together(hashes: Mapping[str, str]) -> str:
    text = "".join(f"{name}\0{value}\n" for name, value in hashes.items())
    return hashlib.sha256(text.encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Write the manifest, or compare; returns 1 if something differs."""
    built = HERE / "built"
    if arguments[:1] == ["--write"]:
        write(Path(arguments[1]) if len(arguments) > 1 else built)
        return 0
    wrong = differences(built)
    for line in wrong:
        sys.stdout.write(f"clients/console/built: {line}\n")
    if wrong:
        sys.stdout.write("Build the console again with `make console`.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
