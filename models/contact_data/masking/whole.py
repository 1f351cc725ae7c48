"""Extends a finding to the whole of what it is a part of, so that no rest of it can be read."""

import re
import unicodedata
from collections.abc import Sequence

from models.contact_data.masking.kinds import KIND_OF, MaskedKind, MaskedSpan
from models.contact_data.public_text import ContactFinding, FindingKind
from models.contact_data.public_text.lexicon import ALL_HOST_ENDINGS, HOST_ENDINGS, SENTENCE_STARTS
from models.contact_data.public_text.names import is_ordinary

_OPENING = frozenset("([{<\"'\u201e\u201c\u201d\u2018\u201a\u00ab\u00bb\u2039\u203a,;:=|")
_CLOSING = frozenset(")]}>\"'\u201c\u201d\u2019\u00ab\u00bb\u2039\u203a,;:!?|")
_LOCAL = frozenset("{=|'")  # in local parts (RFC 5322, 3.2.3)
_TRAILING = ".,;:!?)]}>\"'\u201c\u201d\u2019\u00bb\u2026"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_EXTENSION = re.compile(
    r"[\s,;(]{0,3}(?:ext|extension|dw|durchwahl|app|apparat|wewn|wew|int|interior|x)"
    r"[.:]{0,2}\s{0,2}\d{1,6}",
    re.IGNORECASE,
)
_MOST_LABELS = 4
_ALONE = r"[^\W_](?![^\W_])"
_REST = re.compile(rf" {_ALONE}(?: {_ALONE}){{0,4}}")  # of a label of which one letter is found
_LABEL = re.compile(rf"(?P<gap>\s?\.\s?)(?P<label>{_ALONE}(?: {_ALONE}){{1,5}}|[^\W_](?:[^\W_]|-){{0,62}}+)")
_GAP = re.compile(r"[^\w\n,;]{0,4}")
_ONE = frozenset((MaskedKind.PHONE, MaskedKind.NAME))  # two of them next to each other are shown as one


def wholes(text: str, findings: Sequence[ContactFinding]) -> list[MaskedSpan]:
    """Return the span of the whole of which each finding is a part, in order; what is within another is left
    out.
    """
    spans: list[MaskedSpan] = []
    covered = 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end, one.kind)):
        if finding.end > covered and not _is_common(text, finding):
            start, end = whole(text, finding, min(covered, finding.start))
            spans.append(MaskedSpan(start, end, KIND_OF[finding.kind]))
            covered = max(covered, end)
    return spans


def _is_common(text: str, finding: ContactFinding) -> bool:
    """Return whether an organisation is "named" by a word that everybody uses: the garden of Garden Ltd."""
    return finding.kind is FindingKind.ORGANISATION and is_ordinary(text[finding.start : finding.end])


def whole(text: str, finding: ContactFinding, floor: int = 0) -> tuple[int, int]:
    """Return the span of the whole of which `finding` is a part; it doesn't begin before `floor`.

    Whoever searches a whole text passes the end of the span before it, so that no text is read twice.
    """
    start, end = finding.start, finding.end
    match finding.kind:
        case FindingKind.LINK:
            start, end = _back(text, start, floor, _OPENING), _on(text, end, frozenset())
            end = _with_host(text, start, _without_closing(text, start, end))
        case FindingKind.EMAIL:
            start, end = _back(text, start, floor, _OPENING - _LOCAL), _on(text, end, _CLOSING)
            end = _with_host(text, start, end)
        case FindingKind.HANDLE:
            start, end = _back(text, start, floor, _OPENING), _on(text, end, _CLOSING)
        case FindingKind.PHONE:
            start, end = _phone(text, start, end, floor)
        case _:
            start, end = _word_start(text, start, floor), _word_end(text, end)
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


def _phone(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    start, end = _word_start(text, start, floor), _word_end(text, end)
    while start > floor and text[start - 1] in "+(":
        start -= 1
    if start - floor >= 4 and text[start - 4 : start].lower() == "tel:":  # RFC 3966
        start -= 4
    extension = _EXTENSION.match(text, end)
    if extension is not None:
        end = extension.end()
    elif text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    return start, end


def _back(text: str, start: int, floor: int, stops: frozenset[str]) -> int:
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in stops:
        start -= 1
    return start


def _on(text: str, end: int, stops: frozenset[str]) -> int:
    first = end
    while end < len(text) and not text[end].isspace() and text[end] not in stops:
        end += 1
    return first + len(text[first:end].rstrip(_TRAILING))


def _with_host(text: str, start: int, end: int) -> int:
    """Return the end of an address with the labels of its host that blanks separate: "anna@acme. d e".

    A host that has its ending goes on only with an ending in separate letters, else a sentence begins.
    """
    host = text[start:end].rpartition(".")[2]
    ended = host.casefold() in ALL_HOST_ENDINGS
    rest = _REST.match(text, end) if len(host) == 1 and "." in text[start:end] else None
    at = end = end if rest is None else rest.end()
    for _ in range(_MOST_LABELS):
        found = _LABEL.match(text, at)
        if found is None:
            break
        at, label = found.end(), found["label"]
        if " " in label:
            known = not ended or label.replace(" ", "").casefold() in ALL_HOST_ENDINGS
        else:
            starts = label.istitle() and label.casefold() in SENTENCE_STARTS
            known = not ended and label.casefold() in HOST_ENDINGS and not starts
        end = at if known else end
    return end


def _without_closing(text: str, start: int, end: int) -> int:
    """Return the end of a link without the punctuation that ends what the link is in."""
    while end > start + 1 and text[end - 1] in _TRAILING:
        opening = _PAIRS.get(text[end - 1])
        if opening is not None and text.count(opening, start, end) >= text.count(text[end - 1], start, end):
            break
        end -= 1
    return end


def _word_start(text: str, start: int, floor: int) -> int:
    while start > floor and _in_word(text[start - 1]):
        start -= 1
    return start


def _word_end(text: str, end: int) -> int:
    while end < len(text) and _in_word(text[end]):
        end += 1
    return end


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char) in {"Mn", "Me", "Cf"}
