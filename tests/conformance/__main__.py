"""`make conformance`: starts a server with the demo, runs each checker and prints one line per verdict."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from models.seed import PASSWORD
from schema import SDL_FILE
from tests.support.demo_server import ROOT, demo_server
from tests.support.query_documents import DOCUMENTS

HERE = Path(__file__).parent
BUILD = HERE / "build"
OPERATIONS = ROOT / "examples" / "operations"
OLDEST_NODE = 20
SECONDS = 600.0
LIMITS = ("--maxDepth=15", "--maxAliasCount=30", "--maxDirectiveCount=50", "--maxTokenCount=2000")


def main() -> int:
    """Run all checkers; returns 1 if one of them reports a finding."""
    if missing := _missing():
        sys.stdout.write(f"Conformance: SKIPPED, {missing}. Nothing was judged.\n")
        return 0
    _install()
    _write_sources()
    _write_documents()
    local, documents = str(SDL_FILE), f"{OPERATIONS}/*.graphql"
    with demo_server(rate_limit_cost_per_minute=0) as server:
        url = server.endpoint
        verdicts = [
            _judge("audit of GraphQL over HTTP", "node", "audit.mjs", url),
            _judge("Relay's compiler", *_tool("relay-compiler", "relay.json", "--noWatchman")),
            _judge(
                "GraphQL Inspector: documents",
                *_tool("graphql-inspector", "validate", documents, local, "--deprecated", *LIMITS),
            ),
            _judge("introspection", "node", "served.mjs", url, "build/served.graphql"),
            _judge(
                "GraphQL Inspector: the served schema is the SDL",
                *_tool("graphql-inspector", "diff", local, "build/served.graphql"),
                needs="No changes detected",
            ),
            _judge("GraphQL Code Generator", *_tool("graphql-codegen", "--config", "codegen.json")),
            _judge("TypeScript reads what it generated", *_tool("tsc", "--project", "tsconfig.json")),
            _judge("clients", "node", "clients.mjs", url, str(OPERATIONS), PASSWORD),
        ]
    verdicts += [
        _judge("Apollo's cache and urql's", "node", "caches.mjs", local, "build/documents.json"),
        *_changes(local),
    ]
    return 0 if all(verdicts) else 1


def _missing() -> str | None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return f"Node {OLDEST_NODE} or newer with npm is not on this machine"
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    version = done.stdout.strip()
    major = version.removeprefix("v").partition(".")[0]
    if not major.isdecimal() or int(major) < OLDEST_NODE:
        return f"Node {version or 'here does not run'} is older than {OLDEST_NODE}"
    return None


def _install() -> None:
    installed = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    sys.stdout.write("Installing the judges (the first time takes a minute)\n")
    sys.stdout.flush()
    subprocess.run(["npm", "ci", "--loglevel=error"], cwd=HERE, check=True)  # noqa: S607


def _write_sources() -> None:
    """Relay's compiler reads documents only from modules, and an operation must be named after its module."""
    shutil.rmtree(BUILD, ignore_errors=True)
    modules = BUILD / "documents"
    modules.mkdir(parents=True)
    (BUILD / "artifacts").mkdir()
    shutil.copy(SDL_FILE, BUILD / "schema.graphql")
    sources = {path.stem: path for path in OPERATIONS.glob("*.graphql")}
    sources["Paging"] = HERE / "paging.relay.graphql"
    for name, path in sources.items():
        definitions = path.read_text(encoding="utf-8").split("\n}\n")
        tags = "".join(f"graphql`{text}\n}}\n`;\n" for text in definitions if text.strip())
        text = f'import {{ graphql }} from "react-relay";\n{tags}'
        (modules / f"{name}.ts").write_text(text, encoding="utf-8")


def _write_documents() -> None:
    """The example documents that the caches are tried with, and the code of docs/caching.md."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(OPERATIONS.glob("*.graphql"))}
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for number, text in enumerate(_code("graphql", path), 1):
            found[f"{path.relative_to(ROOT)} {number}"] = text
    graphiql = (ROOT / "schema" / "http" / "graphiql" / "assets" / "examples.js").read_text(encoding="utf-8")
    for number, text in enumerate(re.findall(r"query: `(.*?)`,", graphiql.replace("\\`", "'"), re.DOTALL), 1):
        found[f"GraphiQL {number}"] = text
    found |= {f"of the tests {number}": text for number, text in enumerate(DOCUMENTS, 1)}
    documents = [{"name": name, "text": text} for name, text in found.items()]
    (BUILD / "documents.json").write_text(json.dumps(documents), encoding="utf-8")
    apollo, urql = _code("js", ROOT / "docs" / "caching.md")
    (BUILD / "apollo.mjs").write_text(apollo, encoding="utf-8")
    (BUILD / "urql.mjs").write_text(urql, encoding="utf-8")


def _code(language: str, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def _changes(local: str) -> list[bool]:
    """Compare with the SDL of an earlier release, if this is a clone that has one."""
    base = _base()
    earlier = _git("show", f"{base}:{SDL_FILE.relative_to(ROOT)}") if base else None
    if earlier is None:
        sys.stdout.write("     GraphQL Inspector: changes: SKIPPED, no earlier version in Git\n")
        return []
    (BUILD / "earlier.graphql").write_text(earlier, encoding="utf-8")
    listed = str(SDL_FILE.parent / "breaking_changes.json")
    files = ("build/earlier.graphql", local, listed, "build/changes.md")
    return [_judge(f"GraphQL Inspector: changes since {base}", "node", "changes.mjs", *files)]


def _base() -> str | None:
    """Return `SCHEMA_BASE`, or else the last tag before this commit, or else the commit before the one that
    last changed the SDL.
    """
    if given := os.environ.get("SCHEMA_BASE"):
        return given
    if tag := _git("describe", "--tags", "--abbrev=0", "HEAD^"):
        return tag.strip()
    last = _git("log", "-1", "--format=%h", "--", str(SDL_FILE))
    return f"{last.strip()}^" if last and last.strip() else None


def _git(*words: str) -> str | None:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout if done.returncode == 0 else None


def _tool(name: str, *words: str) -> Sequence[str]:
    return (str(HERE / "node_modules" / ".bin" / name), *words)


def _judge(what: str, *command: str, needs: str = "") -> bool:
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=HERE,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    passed = done.returncode == 0 and needs in done.stdout
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    words = f": {lines[-1].strip()}" if passed and command[0] == "node" and lines else ""
    mark = "ok  " if passed else "FAIL"
    sys.stdout.write(f"{mark} {what}{words} ({time.monotonic() - began:.1f} s)\n")
    if not passed:
        sys.stdout.write("".join(f"     {line}\n" for line in lines))
    sys.stdout.flush()
    return passed


if __name__ == "__main__":
    sys.exit(main())
