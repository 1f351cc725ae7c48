"""Checks that every link of a site leads to an existing page and id of the site, or to the web."""

import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

_WEB = ("http", "https", "mailto")


class Outline(HTMLParser):
    """The ids, links, loaded files and headings of a page, in order of appearance."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a tag declares or refers to."""
        self.tags.append(tag)
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values:
            (self.loads if tag == "link" else self.links).append(values["href"])
        if "src" in values:
            self.loads.append(values["src"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))


def problems(files: Mapping[str, str]) -> list[str]:
    """Return one sentence per broken link and per repeated id, sorted."""
    outlines = {name: Outline(text) for name, text in files.items() if name.endswith(".html")}
    found = set()
    for name, outline in outlines.items():
        found |= {f"{name}: id {one} appears twice" for one in outline.ids if outline.ids.count(one) > 1}
        for link in [*outline.links, *outline.loads]:
            parts = urlsplit(link)
            if parts.scheme in _WEB and link in outline.links:
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            target = path if parts.path else name
            if parts.scheme or parts.netloc or target not in files:
                found.add(f"{name}: {link} leads nowhere")
            elif parts.fragment and unquote(parts.fragment) not in outlines[target].ids:
                found.add(f"{name}: {link}: no such place on the page")
    return sorted(found)
