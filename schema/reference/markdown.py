"""Converts Markdown to HTML, without raw HTML or images, with GitHub's anchors for headings."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

Rewrite = Callable[[str], str]
_IMAGE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)
_SCROLL = '<div class="scroll" role="group" tabindex="0" aria-label="{}">'


def _parser() -> MarkdownIt:
    # Raw HTML is shown as text, and an image would load a file from elsewhere.
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def sentence(text: str | None) -> Markup:
    """Return a description of the SDL as blocks of HTML."""
    return Markup(_parser().render(text or ""))  # noqa: S704 - the parser escapes HTML


def phrase(text: str) -> Markup:
    """Return a short text, such as a cell of a table, as inline HTML."""
    return Markup(_parser().renderInline(text))  # noqa: S704 - the parser escapes HTML


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def document(text: str, rewrite: Rewrite) -> tuple[str, Markup]:
    """Return the title and the HTML of a document, without its pictures; `rewrite` returns the address for a
    link's target.
    """
    parser = _parser()
    tokens = parser.parse(_IMAGE.sub("", text))
    title = ""
    taken: dict[str, int] = {}
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            plain = "".join(one.content for one in following.children or ())
            title = title or plain
            anchor = slug(plain)
            number = taken.get(anchor, 0)
            taken[anchor] = number + 1
            token.attrSet("id", f"{anchor}-{number}" if number else anchor)
        for child in token.children or ():
            href = child.attrGet("href")
            if isinstance(href, str):
                child.attrSet("href", rewrite(href))
    html = parser.renderer.render(_scrolling(tokens), parser.options, {})
    return title, Markup(html)  # noqa: S704 - the parser escapes HTML


def _scrolling(tokens: list[Token]) -> list[Token]:
    """Put tables and code into boxes that scroll, so that the page never scrolls sideways."""
    result: list[Token] = []
    for token in tokens:
        box = Token("html_block", "", 0)
        end = Token("html_block", "", 0, content="</div>\n")
        if token.type == "table_open":
            box.content = _SCROLL.format("Table")
            result += [box, token]
        elif token.type == "table_close":
            result += [token, end]
        elif token.type in ("fence", "code_block"):
            box.content = _SCROLL.format("Code")
            result += [box, token, end]
        else:
            result.append(token)
    return result
