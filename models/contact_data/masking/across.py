"""Finds contact data that is divided among messages which one author writes one after another."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import or_

from models.contact_data.masking.kinds import KIND_OF, MaskedKind, MaskedSpan
from models.contact_data.masking.pieces import Piece, neighbours
from models.contact_data.masking.whole import whole
from models.contact_data.public_text import ContactFinding, FindingKind, Own, find_all
from models.contact_data.public_text.lexicon import ALL_HOST_ENDINGS
from models.contact_data.public_text.nicknames import IS_FILLER

MOST_MESSAGES = 5  # among which one number or address is divided
_FEWEST_DIGITS = 9
_MOST_LETTERS = 12  # besides a number, in a message that is a part of one
_JOINERS = frozenset("._-+@/:")
_SENTENCE_SIGNS = ".,;:!?)"
_ADDRESSES = frozenset((MaskedKind.EMAIL, MaskedKind.LINK))


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a finding that is in one piece."""

    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]

    @property
    def other_letters(self) -> int:
        """The number of letters of the piece outside the part."""
        return sum(map(str.isalpha, self.piece.text)) - sum(map(str.isalpha, self.text))


def find_across(
    texts: Sequence[str],
    complete: Sequence[Sequence[MaskedSpan]],
    region: str | None,
    own: Own | None,
) -> list[tuple[int, MaskedSpan]]:
    """Return the parts of what is divided among `texts`: the index of a text, and a span of it.

    `complete` is what was found in each text alone.
    """
    addressed = {
        index for index, spans in enumerate(complete) if any(span.kind in _ADDRESSES for span in spans)
    }
    found: list[tuple[int, MaskedSpan]] = []
    for pieces in neighbours(texts, own):
        for between in ("", " "):
            for finding, parts in _divided(pieces, between, region, own):
                if _is_meant(finding, parts, addressed):
                    found += [_placed(finding.kind, part) for part in parts]
    return found


def _divided(
    pieces: Sequence[Piece], between: str, region: str | None, own: Own | None
) -> Iterator[tuple[ContactFinding, list[_Part]]]:
    """Yield what is found in the pieces together and is in more than one of them."""
    starts = list(accumulate((len(piece.text) + len(between) for piece in pieces), initial=0))
    for finding in find_all(between.join(piece.text for piece in pieces), own, region):
        first, last = bisect_right(starts, finding.start) - 1, bisect_right(starts, finding.end - 1)
        introduced = finding.kind is FindingKind.HANDLE and first > 0 and finding.start == starts[first]
        if not (last - first > 1 or introduced) or last - first > MOST_MESSAGES:
            continue
        parts = [
            _Part(piece, max(0, finding.start - at), min(len(piece.text), finding.end - at))
            for piece, at in zip(pieces[first:last], starts[first:last], strict=True)
        ]
        parts = [part for part in parts if part.start < part.end]
        if finding.kind is FindingKind.HANDLE and len(parts) > 1 and _introduces(parts[0]):
            parts, introduced = parts[1:], True
        while own is not None and len(parts) > 1 and _is_after_a_signature(parts, finding.kind, own):
            parts.pop()
        if len(parts) > 1 or (introduced and _is_name(parts[0])):
            yield finding, parts


def _is_after_a_signature(parts: Sequence[_Part], kind: FindingKind, own: Own) -> bool:
    """Return whether the last part only seems to be the end of a name: what precedes it ends with the whole
    name, rather than with the beginning of a name that is written once more.
    """
    before = "".join(part.text for part in parts[:-1])
    return own.ends_with_whole(kind, before) and not own.has_word(parts[-1].text)


def _introduces(part: _Part) -> bool:
    """Return whether a message ends with a word that precedes a name, which then seems longer."""
    before = part.piece.text[: part.start].rstrip()
    return not before.endswith((*":=-@",)) and IS_FILLER.fullmatch(part.text.casefold()) is not None


def _is_name(part: _Part) -> bool:
    """Return whether what follows "Telegram:" in the next message is a name rather than a sentence."""
    return part.other_letters == 0 or not part.text.rstrip(_SENTENCE_SIGNS).isalpha()


def _placed(kind: FindingKind, part: _Part) -> tuple[int, MaskedSpan]:
    start, end = whole(part.piece.text, ContactFinding(kind, part.start, part.end))
    offset = part.piece.offset
    return part.piece.index, MaskedSpan(offset + start, offset + end, KIND_OF[kind])


def _is_meant(finding: ContactFinding, parts: Sequence[_Part], addressed: Collection[int]) -> bool:
    """Return whether the parts belong together, rather than meet by chance."""
    match finding.kind:
        case FindingKind.PHONE:
            written = "".join(part.text for part in parts)
            if sum(map(str.isdecimal, written)) < _FEWEST_DIGITS and not any(map(str.isalpha, written)):
                return False
            return written.lstrip("( ").startswith(("0", "+")) or all(
                part.other_letters <= _MOST_LETTERS for part in parts
            )
        case FindingKind.EMAIL | FindingKind.LINK | FindingKind.HANDLE:
            signed = accumulate(("@" in part.text for part in parts), or_)
            return all(
                not _ends(before, after) and (at or _continues(before, after, addressed))
                for at, (before, after) in zip(signed, pairwise(parts), strict=False)
            )
        case _:
            return True


def _ends(before: _Part, after: _Part) -> bool:
    """Return whether an address is whole at the end of a message, and what follows is another sentence."""
    _, at, host = before.text.rpartition("@")
    _, dot, ending = host.rpartition(".")
    return bool(at and dot) and ending.casefold() in ALL_HOST_ENDINGS and after.text[:1] not in _JOINERS


def _continues(before: _Part, after: _Part, addressed: Collection[int]) -> bool:
    """Return whether an address goes on in the next message: it breaks at a sign, or is all of a message."""
    left, right = before.piece.text.rstrip(), after.piece.text.strip()
    if right[:1] in _JOINERS or left[-1:] in _JOINERS - {"."}:
        return True
    if after.piece.index in addressed:
        return left[-1:] == "." and left == before.text.rstrip()
    return right == after.text.strip()
