"""Chooses the messages that may continue each other, because most neither end nor begin an address."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.contact_data.public_text.addresses import AT_OR_DOT
from models.contact_data.public_text.nicknames import ENDS_WITH_PLACE
from models.contact_data.public_text.own import Own
from models.contact_data.public_text.skeleton import skeleton
from models.contact_data.public_text.spoken import most_said

_EDGE = 120  # characters at the beginning and end of a long message that its neighbours may continue
_SHORT = 40  # characters of a message that may be a part, whatever it says
_FEWEST_DIGITS, _FEWEST_WORDS = 2, 2
_DIGIT = re.compile(r"\d")
_AT_AN_EDGE = re.compile(r"\A *[._+/:-]\w|[_+@/:-] *\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A message, or its beginning or end: the text searched, and where it stands."""

    text: str
    index: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Traces:
    """What a piece has of contact data. A sign concerns the pieces beside it, too."""

    digits: bool
    sign: bool
    short: bool

    @property
    def any(self) -> bool:
        """Whether it has some."""
        return self.digits or self.sign or self.short


def neighbours(texts: Sequence[str], own: Own | None) -> Iterator[list[Piece]]:
    """Yield groups of two or more successive messages that may contain parts of the same contact data."""
    for run in _runs(texts):
        traces = [_traces(piece.text) for piece in run]
        named = [own is not None and own.is_named_in_part(_border(*pair)) for pair in pairwise(run)]
        group: list[int] = []
        for at, trace in enumerate(traces):
            beside = any(one.sign for one in traces[max(0, at - 1) : at + 2])
            if trace.any or beside or any(named[max(0, at - 1) : at + 1]):
                group.append(at)
                continue
            yield from _group(run, traces, named, group)
            group = []
        yield from _group(run, traces, named, group)


def _border(before: Piece, after: Piece) -> str:
    return before.text[-_SHORT:] + after.text[:_SHORT]


def _group(
    run: Sequence[Piece], traces: Sequence[_Traces], named: Sequence[bool], group: Sequence[int]
) -> Iterator[list[Piece]]:
    found = [traces[at] for at in group]
    if len(group) > 1 and (
        any(trace.sign for trace in found)
        or sum(trace.digits for trace in found) > 1
        or any(named[at] for at in group[:-1])
    ):
        yield [run[at] for at in group]


def _traces(text: str) -> _Traces:
    plain = skeleton(text).text
    return _Traces(
        digits=len(_DIGIT.findall(plain)) >= _FEWEST_DIGITS or most_said(plain)[1] >= _FEWEST_WORDS,
        sign=AT_OR_DOT.search(plain) is not None
        or _AT_AN_EDGE.search(plain) is not None
        or ENDS_WITH_PLACE.search(plain[-_SHORT:]) is not None,
        short=len(text) <= _SHORT,
    )


def _runs(texts: Sequence[str]) -> Iterator[list[Piece]]:
    """Yield the messages between long ones, through which nothing continues, with the edges of these."""
    run: list[Piece] = []
    for index, text in enumerate(texts):
        if len(text) <= 2 * _EDGE:
            run.append(Piece(text, index))
            continue
        run.append(Piece(text[:_EDGE], index))
        if len(run) > 1:
            yield run
        run = [Piece(text[-_EDGE:], index, len(text) - _EDGE)]
    if len(run) > 1:
        yield run
