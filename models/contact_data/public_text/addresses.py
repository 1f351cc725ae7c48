"""Patterns of email addresses and links in prose, including disguised ones.

Each pattern is bounded and runs in one pass: its parts share no first character.
"""

import re
from collections.abc import Iterator, Sequence

from models.contact_data.public_text.lexicon import (
    ALL_HOST_ENDINGS,
    HOST_ENDINGS,
    MAIL_BRANDS,
    NO_ENDINGS,
    NO_HOSTS,
    SENTENCE_STARTS,
    SPOKEN_ENDINGS,
)
from models.contact_data.public_text.skeleton import places_of

Span = tuple[int, int]

_OPEN, _CLOSE = r"[(\[{<*_]{1,2}", r"[)\]}>*_]{1,2}"
_DOT_WORDS = ("dot", "punkt", "kropka", "punct", "period")
_DOT_WORD = f"(?:{'|'.join(_DOT_WORDS)})"
_BRACKETED_DOT = rf" {{0,2}}{_OPEN} {{0,2}}(?:{_DOT_WORD}|\.) {{0,2}}{_CLOSE} {{0,2}}"
_DOT = (
    rf"(?:\.|{_BRACKETED_DOT}| {{1,2}}(?:{_DOT_WORD}|\.) {{1,2}}|[ \n]{{1,2}}\.(?=[^\W_])"
    rf"|[-=/]{_DOT_WORD}[-=/]|&#46;|&period;)"
)
_LABEL = r"[^\W_](?:[^\W_]|-){0,62}+"
_DOMAIN = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL}){{1,8}}")
_PARTS = re.compile(rf"({_DOT})")
_AT_NAME = (
    r"at[ -]?(?:sign|zeichen)|klammeraffe|affenschwanz|ma[\u0142l]pk?a|arond|a rond"
    r"|coad[a\u0103] de maimu[t\u021b\u0163][a\u0103]"
)
_AT = re.compile(
    rf" {{0,2}}{_OPEN} {{0,2}}(?:at|\u00e4t|et|@|{_AT_NAME}) {{0,2}}{_CLOSE} {{0,2}}"
    rf"| {{0,2}}[-=/](?:at|\u00e4t|{_AT_NAME})[-=/] {{0,2}}"
    r"|(?P<sign>[ \n]{0,2}(?:@{1,3}|&#64;|&commat;|%40)[ \n]{0,2})"
    # "(a)" is also an item of a list.
    rf"|(?P<word> {{0,2}}(?:\(a\)|\[a\]|\{{a\}}) {{0,2}}| {{1,2}}(?:{_AT_NAME}|at|\u00e4t) {{1,2}})"
)
AT_OR_DOT = re.compile(
    rf"@|&|%|(?<![^\W_])(?:{_AT_NAME}|at|\u00e4t|{_DOT_WORD})(?![^\W_])"
)  # all that say one
# Signs of an address that are said: "anna underscore berg at acme dot com".
_SAID_SIGN = re.compile(
    rf"(?:{_BRACKETED_DOT}| {{1,2}}(?:{_DOT_WORD}|underscore|unterstrich|podkre[\u015bs]l(?:enie|nik)|minus"
    r"|dash|hyphen|plus|bindestrich|my[\u015bs]lnik|cratim[a\u0103]|liniu[t\u021b\u0163][a\u0103](?: jos)?)"
    r" {1,2})\Z"
)
_SHOUTED = re.compile(r"(?<![^\W_])[a-z\d][a-z\d._-]{1,63}+AT[a-z\d-]{2,63}DOT[a-z]{2,24}(?![^\W_])")
_LONGEST_SAID = 24  # characters of such a word, with its blanks
_MOST_SAID = 6  # of them in one address
_SPACED_OUT = re.compile(
    r"(?<![^\W_])(?:[^\W_][ ._+-]{1,3}){2,64}+@(?: {1,2}[^\W_](?![^\W_])| {0,2}\.){2,80}+"
)
_QUOTED = re.compile(r"\"[^\"\n]{1,64}\"@")
_COMMA_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,4}},(?:com|net|org|info|eu|de|at|ch|pl|ro)(?![^\W_])")
# "anna gmail com": blanks for the signs.
_BRANDED = re.compile(
    rf"(?<![^\W_])[^\W_][\w.+-]{{1,63}}+ {{1,2}}(?:(?:at|bei|na|la) {{1,2}})?(?:{'|'.join(MAIL_BRANDS)})"
    rf" {{1,2}}(?:{_DOT_WORD} {{1,2}})?(?:com|de|net|pl|ro|at|ch)(?![^\W_])"
)
_BARE_HOST = re.compile(r"[^\W\d_]{2,63}+")
_LOCAL_CHARS = frozenset("._+-%'")
_ENDING = re.compile(r"[^\W\d_]{2,24}|xn--[a-z0-9-]{1,59}")
_SCHEME = re.compile(r"(?<![a-z0-9])(?:[a-z][a-z0-9+]{1,15} ?: ?//|mailto ?: ?)[^\s]{1,500}+")
_MAILTO = re.compile(r"(?<![a-z0-9])mailto ?: ?[^\s@]{1,64}@[^\s]{1,300}+")
_WWW = re.compile(rf"(?<!\w)www\d?{_DOT}[\w-]{{1,63}}+")
_HOST_START = re.compile(rf"(?<![\w@-]){_DOMAIN.pattern}")


def find_emails(text: str) -> Iterator[Span]:
    """Yield the spans of email addresses in skeleton text, "name (at) host dot com" included."""
    for at in _AT.finditer(text):
        start = _local_start(text, at.start())
        if start == at.start():
            continue
        domain = _DOMAIN.match(text, at.end())
        if domain is not None:
            pieces = _PARTS.split(domain[0])
            while pieces[2:] and not _ENDING.fullmatch(pieces[-1]):  # ".0" after an address does not hide it
                del pieces[-2:]
            spoken = any(dot != "." for dot in pieces[1::2])
            if pieces[2:]:
                if at["word"] is None or spoken or pieces[-1] in HOST_ENDINGS:
                    yield start, at.end() + sum(map(len, pieces))
                continue
        host = _COMMA_HOST.match(text, at.end()) if at["sign"] else None
        if host is not None:
            yield start, host.end()
            continue
        host = _BARE_HOST.match(text, at.end())
        if host is not None and (
            host[0] in MAIL_BRANDS
            or (
                not at["word"]
                and (not at["sign"] or (at["sign"] == "@" and not text[at.start() - 1].isdigit()))
            )
        ):
            yield start, host.end()
    for pattern in (_SPACED_OUT, _QUOTED, _BRANDED, _MAILTO):
        yield from (match.span() for match in pattern.finditer(text))


def find_shouted(original: str) -> Iterator[Span]:
    """Yield the spans of "annaATacmeDOTcom" in a text as written, whose capitals alone show the signs."""
    if "AT" in original and "DOT" in original:
        yield from (match.span() for match in _SHOUTED.finditer(original))


def find_links(text: str, original: str, origin: Sequence[int], own_domains: Sequence[str]) -> Iterator[Span]:
    """Yield the spans of links in skeleton text; `original` and `origin` show a capital after a full stop."""
    for pattern in (_SCHEME, _WWW):
        yield from (match.span() for match in pattern.finditer(text))
    for domain in own_domains:
        yield from places_of(domain, text)
    if "." not in text and not any(word in text for word in _DOT_WORDS):
        return
    for match in _HOST_START.finditer(text):
        end = _host_end(match, original, origin)
        if end is not None:
            yield match.start(), end


def _local_start(text: str, end: int) -> int:
    """Return where the local part that ends at `end` begins, with signs that are said; `end` if there is
    none.
    """
    start = _plain_start(text, end)
    for _ in range(_MOST_SAID if start < end else 0):
        said = _SAID_SIGN.search(text, max(0, start - _LONGEST_SAID), start)
        first = start if said is None else _plain_start(text, said.start())
        if said is None or first == said.start():
            break
        start = first
    return start


def _plain_start(text: str, end: int) -> int:
    start = end
    while start > 0 and end - start < 64 and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_CHARS):
        start -= 1
    return start


def _host_end(match: re.Match[str], original: str, origin: Sequence[int]) -> int | None:
    """Return where the host ends, or None if this is not a host."""
    pieces = _PARTS.split(match[0])
    end = match.start() + len(pieces[0])
    host = pieces[0]
    for dot, label in zip(pieces[1::2], pieces[2::2], strict=True):
        start, end = end + len(dot), end + len(dot) + len(label)
        has_path = match.string[end : end + 2].startswith("/") and match.string[end + 1 : end + 2].isalnum()
        name, host = host, f"{host}.{label}"
        if not any(char.isalpha() for char in name) or (len(name) == 1 and not has_path) or host in NO_HOSTS:
            continue
        if dot != ".":
            known = label in SPOKEN_ENDINGS and (dot.strip(), label) not in NO_ENDINGS
        elif has_path:
            known = label in ALL_HOST_ENDINGS
        else:
            known = label in HOST_ENDINGS
            if label in SENTENCE_STARTS:  # "finished.It works" lacks a blank, "ACME.AT" does not
                known = known and not original[origin[start] : origin[start] + 2].istitle()
        if known:
            return end
    return None
