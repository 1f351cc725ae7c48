"""The API reference is complete and escaped, and has no broken links."""

import hashlib
import os
import re
import subprocess
import sys

import pytest
from graphql import build_schema

from schema import SDL_FILE
from schema.graphql.error_codes import TOP_LEVEL_CODES, TOP_LEVEL_REASONS, USER_CODES
from schema.graphql.error_reasons import all_reasons
from schema.reference.domains import fields_of
from schema.reference.links import Outline, problems
from schema.reference.site import ROOT, build


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The site made from the committed sources."""
    return build()


def test_no_link_is_dead(files: dict[str, str]) -> None:
    assert problems(files) == []


def test_a_dead_link_is_reported(files: dict[str, str]) -> None:
    assert problems({**files, "x.html": '<a href="no.html">x</a>'}) == ["x.html: no.html leads nowhere"]


def test_every_type_and_member_has_its_anchor(files: dict[str, str]) -> None:
    ids = {one for name, text in files.items() if name.startswith("api/") for one in Outline(text).ids}
    sdl, flags = SDL_FILE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    for name, body in re.findall(r"^(?:type|input|enum|interface) (\w+).*?\{\n(.*?)^\}", sdl, flags):
        plain = re.sub(r'"""(.*?)"""', "", body, flags=re.DOTALL)
        members = re.findall(r"^  (\w+)(?:[(:]|$| @)", plain, re.MULTILINE)
        assert {f"{name}.{member}" for member in members} <= ids
        assert name in ids or name in ("Query", "Mutation", "Subscription")


def test_every_argument_has_its_anchor(files: dict[str, str]) -> None:
    ids = {one for name, text in files.items() if name.startswith("api/") for one in Outline(text).ids}
    arguments = {
        f"{type_.name}.{name}.{argument}"
        for type_ in build_schema(SDL_FILE.read_text("utf-8")).type_map.values()
        if not type_.name.startswith("__")
        for name, field in fields_of(type_).items()
        for argument in field.args
    }
    assert "Query.leads.first" in arguments
    assert arguments <= ids


def digest(files: dict[str, str]) -> str:
    """A hash of the names and contents, in order."""
    return hashlib.sha256("\0".join(part for file in files.items() for part in file).encode()).hexdigest()


def test_another_process_builds_the_same_bytes(files: dict[str, str]) -> None:
    """Its sets have another order."""
    program = f"from {__name__} import build, digest; print(digest(build()))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    built = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert built.strip() == digest(files)


def test_every_code_and_reason_has_its_anchor(files: dict[str, str]) -> None:
    ids = set(Outline(files["errors.html"]).ids)
    assert {f"code-{code}" for code in (*USER_CODES, *TOP_LEVEL_CODES)} <= ids
    assert {f"error-reason-{reason}" for reason in TOP_LEVEL_REASONS} <= ids
    assert {f"reason-{reason.name}" for _, reason in all_reasons()} <= ids


def test_headings_are_in_order_and_landmarks_exist(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".html"):
            outline = Outline(text)
            steps = zip([0, *outline.headings], outline.headings, strict=False)
            assert all(after <= before + 1 for before, after in steps), name
            assert {"header", "nav", "main", "footer"} <= set(outline.tags)
            assert '<html lang="en">' in text


def test_a_hostile_description_is_text() -> None:
    hostile = '"""<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://example.com/y.png)"""\n'
    sdl = SDL_FILE.read_text("utf-8").replace('"""A vendor\'s account."""\n', hostile, 1)
    page = build(sdl)["api/accounts.html"]
    assert "&lt;script&gt;" in page
    assert not {"script", "img"} & set(Outline(page).tags)
    assert not any(link.startswith("javascript") for link in Outline(page).links)


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_has_enough_contrast(files: dict[str, str]) -> None:
    """4.5 to 1 on the page and on code, in light and dark."""
    modes = re.findall(r":root \{(.*?)\}", files["style.css"], re.DOTALL)
    assert len(modes) == 2
    for mode in modes:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", mode))
        for front in ("text", "quiet", "link", "warning"):
            for back in ("page", "code"):
                low, high = sorted([luminance(colours[front]), luminance(colours[back])])
                assert (high + 0.05) / (low + 0.05) >= 4.5
