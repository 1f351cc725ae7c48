"""Checks of links (S3.24, S3.25): encrypted, honest, and one by which advertising is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from models.contacting.draft.email_draft import EmailDraft
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.contacting.draft.phrases import REFUSAL, matcher
from models.contacting.draft.reading import OwnText, fold
from rules.contacting.terms import ContactPurpose

_URL = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_SHOWN = re.compile(r"(?:https?://|www\.)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?:[:/?#]\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_TRAILING = ".,;:!?)]}'\"\u201c\u201d\u00bb"
_ANCHOR = re.compile(r"<(?P<closing>/?)a(?=[\s/>])(?P<attributes>[^<>]*)>", re.IGNORECASE)
_HREF = re.compile(
    r"""\bhref\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_MOST = 500
_ADVERTISING = frozenset({ContactPurpose.OTHER_OFFER, ContactPurpose.NEWSLETTER})


@dataclass(frozen=True, slots=True)
class _Link:
    """A link with the field it is in, and the words it is shown as."""

    target: str
    field: str
    shown: str = ""


def check_links(draft: EmailDraft, own: OwnText) -> Iterator[DraftFinding]:
    """Yield what is wrong with the links, each kind once for each field."""
    links = list(islice(_links(draft), _MOST))
    yield from dict.fromkeys(
        DraftFinding(DraftCode.LINK_NOT_HTTPS, link.field) for link in links if _scheme(link.target) == "http"
    )
    yield from dict.fromkeys(
        DraftFinding(DraftCode.LINK_DECEIVES, link.field) for link in links if _deceives(link)
    )
    if draft.purpose in _ADVERTISING:
        written = f"{own.folded} {' '.join(fold(link.shown) for link in links)}".replace("opt-out", "optout")
        offered = matcher(REFUSAL).search(written.replace("opt out", "optout")) is not None
        if not offered or not any(_scheme(link.target) == "https" for link in links):
            yield DraftFinding(DraftCode.REFUSAL_MISSING, "text")


def _links(draft: EmailDraft) -> Iterator[_Link]:
    for link in draft.links:
        yield _Link(link.strip(), "links")
    for found in _URL.finditer(draft.text):
        yield _Link(found[0].rstrip(_TRAILING), "text")
    html = draft.html or ""
    ends = list(_ANCHOR.finditer(html))
    for at, found in enumerate(ends):
        if found["closing"]:
            continue
        href = _HREF.search(found["attributes"])
        until = ends[at + 1].start() if at + 1 < len(ends) else len(html)
        shown = _TAG.sub("", html[found.end() : min(until, found.end() + 2_000)])
        target = href["double"] or href["single"] or href["bare"] or "" if href else ""
        yield _Link(unescape(target).strip(), "html", " ".join(unescape(shown).split())[:500])


def _scheme(target: str) -> str:
    return target.partition(":")[0].lower()


def _deceives(link: _Link) -> bool:
    """Return whether a link shows another site or address than it leads to, or hides its host."""
    try:
        parts = urlsplit(link.target)
        host = parts.hostname or ""
    except ValueError:  # no address at all
        return False
    if parts.scheme in {"http", "https"} and "@" in parts.netloc:
        return True
    if parts.scheme == "mailto":
        shown = _ADDRESS.fullmatch(link.shown)
        return shown is not None and shown[0].casefold() != parts.path.casefold()
    shown_host = _SHOWN.fullmatch(link.shown)
    return bool(host) and shown_host is not None and not _same_site(shown_host[1], host)


def _same_site(one: str, other: str) -> bool:
    """Return whether one host is the other, or below it."""
    one, other = (f".{host.casefold().rstrip('.').removeprefix('www.')}" for host in (one, other))
    return one.endswith(other) or other.endswith(one)
