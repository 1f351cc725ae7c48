"""`make conformance`: starts a server with the demo, runs each checker and prints one line per verdict."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from models.messages.channels.webhook_signature import WebhookSecret
from models.seed import PASSWORD
from schema import SDL_FILE
from tests.conformance.calendar import calendar_cases
from tests.conformance.clients import OPERATIONS, judge_clients
from tests.conformance.judging import HERE, install, judge, missing_node
from tests.support.demo_server import ROOT, demo_server
from tests.support.ports import free_port
from tests.support.query_documents import DOCUMENTS
from tests.support.webhook_cases import cases_as_json, receiver_of_the_page

BUILD = HERE / "build"
LIMITS = ("--maxDepth=15", "--maxAliasCount=30", "--maxDirectiveCount=50", "--maxTokenCount=2000")


def main() -> int:
    """Run all checkers; returns 1 if one of them reports a finding."""
    if missing := missing_node():
        sys.stdout.write(f"Conformance: SKIPPED, {missing}. Nothing was judged.\n")
        return 0
    install(HERE)
    _write_sources()
    _write_documents()
    verdicts = [_judge_calendar(), _judge_receiver(), *_judge_api(), *judge_clients()]
    return 0 if all(verdicts) else 1


def _judge_receiver() -> bool:
    """Send webhooks to the receiver in JavaScript of the documentation."""
    port = free_port()
    requests, receiver = BUILD / "webhooks.json", BUILD / "receiver.mjs"
    requests.write_text(cases_as_json(WebhookSecret.new()), encoding="utf-8")
    receiver.write_text(receiver_of_the_page("js", port), encoding="utf-8")
    arguments = ("node", "webhook.mjs", str(requests), str(receiver), str(port))
    return judge("receiver of webhooks in JavaScript", *arguments)


def _judge_calendar() -> bool:
    cases = BUILD / "calendar.json"
    cases.write_text(calendar_cases(), encoding="utf-8")
    return judge("calendar events in ical.js", "node", "calendar.mjs", str(cases))


def _judge_api() -> list[bool]:
    local, documents = str(SDL_FILE), f"{OPERATIONS}/*.graphql"
    with demo_server(rate_limit_cost_per_minute=0) as server:
        url = server.endpoint
        verdicts = [
            judge("audit of GraphQL over HTTP", "node", "audit.mjs", url),
            judge("Relay's compiler", _tool("relay-compiler"), "relay.json", "--noWatchman"),
            judge(
                "GraphQL Inspector: documents",
                *(_tool("graphql-inspector"), "validate", documents, local, "--deprecated", *LIMITS),
            ),
            judge("introspection", "node", "served.mjs", url, "build/served.graphql"),
            judge(
                "GraphQL Inspector: the served schema is the SDL",
                *(_tool("graphql-inspector"), "diff", local, "build/served.graphql"),
                needs="No changes detected",
            ),
            judge("GraphQL Code Generator", _tool("graphql-codegen"), "--config", "codegen.json"),
            judge("TypeScript reads what it generated", _tool("tsc"), "--project", "tsconfig.json"),
            judge("clients", "node", "clients.mjs", url, str(OPERATIONS), PASSWORD),
        ]
    caches = judge("Apollo's cache and urql's", "node", "caches.mjs", local, "build/documents.json")
    return [*verdicts, caches, *_changes(local)]


def _write_sources() -> None:
    """Relay's compiler reads documents only from modules, and an operation must be named after its module."""
    shutil.rmtree(BUILD, ignore_errors=True)
    modules = BUILD / "documents"
    modules.mkdir(parents=True)
    (BUILD / "artifacts").mkdir()
    shutil.copy(SDL_FILE, BUILD / "schema.graphql")
    sources: dict[str, Path] = {path.stem: path for path in OPERATIONS.glob("*.graphql")}
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
    return [judge(f"GraphQL Inspector: changes since {base}", "node", "changes.mjs", *files)]


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


def _tool(name: str) -> str:
    return str(HERE / "node_modules" / ".bin" / name)


if __name__ == "__main__":
    sys.exit(main())
