"""Extends a finding to the whole of what it is a part of, so that no rest of it can be read."""

import re
import unicodedata
from collections.abc import Sequence

from models.contact_data.masking.kinds import MaskedKind, MaskedSpan
from models.contact_data.public_text import ContactFinding, FindingKind

_OPENING = frozenset("([{<\"'\u201e\u201c\u201d\u2018\u201a\u00ab\u00bb\u2039\u203a,;:=|")
_CLOSING = frozenset(")]}>\"'\u201c\u201d\u2019\u00ab\u00bb\u2039\u203a,;:!?|")
_TRAILING = ".,;:!?)]}>\"'\u201c\u201d\u2019\u00bb\u2026"
_EXTENSION = re.compile(
    r"[\s,;(]{0,3}(?:ext|extension|dw|durchwahl|app|apparat|wewn|wew|int|interior|x)"
    r"[.:]{0,2}\s{0,2}\d{1,6}",
    re.IGNORECASE,
)
_GAP = re.compile(r"[^\w\n,;]{0,4}")
_ONE = frozenset((MaskedKind.PHONE, MaskedKind.NAME))  # two of them next to each other are shown as one


def whole(text: str, finding: ContactFinding) -> tuple[int, int]:
    """Return the span of the whole of which `finding` is a part."""
    start, end = finding.start, finding.end
    match finding.kind:
        case FindingKind.LINK:
            start, end = _back(text, start, _OPENING), _to_blank(text, end)
        case FindingKind.EMAIL | FindingKind.HANDLE:
            start, end = _back(text, start, _OPENING), _on(text, end, _CLOSING)
        case FindingKind.PHONE:
            start, end = _phone(text, start, end)
        case _:
            start, end = _word_start(text, start), _word_end(text, end)
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me", "Cf"}:
        end += 1  # marks on the last character, and what nobody sees
    return start, end


def together(text: str, spans: Sequence[MaskedSpan]) -> list[MaskedSpan]:
    """Return the spans in order, joined where they overlap; the longest one determines the kind."""
    joined: list[MaskedSpan] = []
    longest = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind)):
        length = span.end - span.start
        last = joined[-1] if joined else None
        if last is None or not (span.start < last.end or _are_one(text, last, span)):
            joined.append(span)
            longest = length
            continue
        kind = span.kind if length > longest else last.kind
        longest = max(longest, length)
        joined[-1] = MaskedSpan(last.start, max(last.end, span.end), kind)
    return joined


def _are_one(text: str, first: MaskedSpan, second: MaskedSpan) -> bool:
    gap = text[first.end : second.start]
    return gap == "" or (
        first.kind == second.kind and first.kind in _ONE and len(gap) <= 4 and _GAP.fullmatch(gap) is not None
    )


def _phone(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = _word_start(text, start), _word_end(text, end)
    while start and text[start - 1] in "+(":
        start -= 1
    extension = _EXTENSION.match(text, end)
    if extension is not None:
        end = extension.end()
    elif text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    return start, end


def _back(text: str, start: int, stops: frozenset[str]) -> int:
    while start and not text[start - 1].isspace() and text[start - 1] not in stops:
        start -= 1
    return start


def _on(text: str, end: int, stops: frozenset[str]) -> int:
    first = end
    while end < len(text) and not text[end].isspace() and text[end] not in stops:
        end += 1
    return first + len(text[first:end].rstrip(_TRAILING))


def _to_blank(text: str, end: int) -> int:
    return _on(text, end, frozenset())


def _word_start(text: str, start: int) -> int:
    while start and _in_word(text[start - 1]):
        start -= 1
    return start


def _word_end(text: str, end: int) -> int:
    while end < len(text) and _in_word(text[end]):
        end += 1
    return end


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char) in {"Mn", "Me", "Cf"}
