"""The documents match the code: links, commands, settings and GraphQL examples."""

import json
import re
from pathlib import Path

import pytest
import typer
from graphql import parse, validate

from cli.app import app
from models.seed import PASSWORD, USERS
from models.seed.leads import DEMO_LEADS
from rules import demo_parameters
from settings import Settings, settings_table
from tests.support.schemas import SDL_SCHEMA

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "schema" / "http" / "graphiql").glob("*.md"),
        *(ROOT / "clients").glob("*.md"),
        *(ROOT / "clients" / "console").glob("*.md"),
        *(ROOT / "clients" / "typescript").glob("*.md"),
    ]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT))
)


def code_of(document: Path) -> str:
    """Return all code in a document, except the table of settings, which is generated."""
    text = document.read_text(encoding="utf-8").replace(settings_table(), "")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return "\n".join(blocks + spans)


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, derived from their text."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_document
def test_links_within_the_project_resolve(document: Path) -> None:
    """Every relative link leads to a file, and its anchor to a heading."""
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_document
def test_every_make_target_exists(document: Path) -> None:
    """Every documented make target exists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"^(?:\$ )?make ([a-z-]+)", code_of(document), re.MULTILINE))
    assert named <= targets


@every_document
def test_every_command_and_option_exists(document: Path) -> None:
    """Every documented `leadgate <command>` exists and has the documented options."""
    code = re.sub(r"\\\n\s*", " ", code_of(document))
    for line in re.findall(r"^(?:\S*/)?leadgate +([a-z].*)$", code, re.MULTILINE):
        command, words = typer.main.get_command(app), line.split()
        while hasattr(command, "commands") and words:
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


@every_document
def test_every_graphql_example_is_valid(document: Path) -> None:
    """Each example is a valid document of the schema."""
    text = document.read_text(encoding="utf-8")
    for example in re.findall(r"^```graphql\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        assert validate(SDL_SCHEMA, parse(example)) == [], example


def test_the_readme_begins_with_a_picture_that_has_a_text_and_loads_quickly() -> None:
    found = re.match(r"# Leadgate\n\n!\[([^\]]{40,})\]\((docs/[\w.]+)\)\n", README)
    assert found is not None
    picture = (ROOT / found[2]).read_bytes()
    assert (picture[:4], picture[8:12]) == (b"RIFF", b"WEBP")
    assert len(picture) < 200_000


def test_the_readme_has_the_table_of_settings() -> None:
    """Exactly as the settings print it."""
    assert settings_table() in README, "print settings_table() into README.md, see CONTRIBUTING.md"
    assert all(f"\n| `{name.upper()}`" in settings_table() for name in Settings.model_fields)


def test_the_readme_lists_the_demo_users_and_password() -> None:
    """Every user, and their common password."""
    assert PASSWORD in README
    assert {user.email for user in USERS} == set(
        re.findall(r"^\| `(\S+@demo\.example)`", README, re.MULTILINE)
    )


def test_the_readmes_responses_are_those_of_a_fresh_demo() -> None:
    """The lead in the first query is the demo's newest, and the revealed contact is its own."""
    lead = DEMO_LEADS[-1]
    answers = re.findall(r'^```json\n(\{"data".*?)^```', README, re.DOTALL | re.MULTILINE)
    listed, opened = (json.loads(answer)["data"] for answer in answers[:2])
    assert listed["leads"]["nodes"][0]["title"] == opened["reveals"]["lead"]["title"] == lead.title
    assert opened["reveals"]["contact"] == {
        "fullName": lead.contact.full_name,
        "email": lead.contact.email,
        "phone": (lead.contact.phone or "").replace(" ", ""),
    }


def test_the_readme_states_the_demos_complaint_window() -> None:
    complaint = demo_parameters(1)["complaint"]
    seconds = int(complaint["window_days"]) * int(complaint["window_elapsed_day_seconds"])
    assert f"delivered contact for {seconds // 60} minutes" in README


def test_every_decision_is_listed_once() -> None:
    """In the order of their numbers, each under its own heading."""
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("0*.md"))
    listed = re.findall(r"^\| \[\d+\]\((\S+)\)", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == records
    for name in records:
        assert (folder / name).read_text("utf-8").startswith(f"# {name[:4]} ")
