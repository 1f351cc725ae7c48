"""S2.9: nothing found is used for another purpose. Few packages import it, no other statement reads it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Those who show, search, check, delete and demonstrate it.
ALLOWED = (
    "models/smart_data/",
    "models/seed/",
    "models/tables.py",
    "models/reconciliation/smart_data.py",
    "schema/smart_data/",
    "schema/graphql/context.py",
    "schema/graphql/error_reasons.py",
    "schema/graphql/ids.py",
    "schema/graphql/services.py",
    "schema/graphql/user_error.py",
    "schema/nodes.py",
    "jobs/",
)
# What the others import: keys, reasons and readers of nodes, never what was found about somebody.
_FOUND = re.compile(r"\b(found_field|smart_subject|smart_search)\b")
_PACKAGES = ("jobs", "models", "rules", "schema", "cli", "settings")


def _sources() -> Iterator[Path]:
    for package in _PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))
    yield ROOT / "server.py"


def _is_allowed(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(ALLOWED)


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def test_only_these_packages_import_smart_contact_data() -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in _sources()
        if not _is_allowed(path) and any(name.startswith("models.smart_data") for name in _imports(path))
    }
    assert importers == set()


def test_no_other_statement_reads_what_was_found() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in _sources()
        if not path.relative_to(ROOT)
        .as_posix()
        .startswith(("models/smart_data/", "models/reconciliation/smart_data.py"))
        and _FOUND.search(path.read_text(encoding="utf-8"))
    }
    assert readers == set()


def test_leads_are_listed_and_searched_without_it() -> None:
    """The lists of leads, advice and complaints do not reach it by a join either."""
    for package in ("leads", "applications", "deliveries", "complaints", "contacting", "calls", "chat"):
        for path in sorted((ROOT / "models" / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            assert "smart_data" not in text, path
            assert "organisation_person" not in text, path
