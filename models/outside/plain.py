"""Text and links from outside as they are stored and shown: plain, short, and without tricks."""

import html
import re
import unicodedata

import httpx

MOST_CHARS = 300
_MOST_READ = 4 * MOST_CHARS
_MOST_URL = 2_000
# Controls, directions of writing and other characters that nobody sees; not the joiners that Persian, Indic
# scripts and emoji need.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
_TAG = re.compile(r"<[^<>]*>")
_HOST = re.compile(r"[a-z0-9.-]{4,253}")


def plain_text(text: str, most: int = MOST_CHARS) -> str | None:
    """Return a text without tags, controls and characters that nobody sees, on one line; None if nothing is
    left.
    """
    decoded = html.unescape(text[:_MOST_READ])
    bare = _TAG.sub(" ", decoded).translate({ord("<"): " ", ord(">"): " "})
    seen = "".join(_seen(char) for char in bare)
    joined = " ".join(seen.split())
    if len(joined) > most:
        joined = joined[: most - 1].rstrip() + "…"
    return joined or None


def _seen(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in _UNSEEN and char not in _JOINERS else char


def plain_url(text: str) -> str | None:
    """Return a link of the web with a host name and without a password, None for any other."""
    try:
        url = httpx.URL(text.strip())
        host = url.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, UnicodeError):
        return None
    fits = url.scheme in {"http", "https"} and not url.userinfo and _HOST.fullmatch(host) and "." in host
    written = str(url)
    return written if fits and len(written) <= _MOST_URL else None
