"""Undoes disguises that change letters: "D e l p h i n e", "D3lph1n3"."""

import re
from collections.abc import Iterator, Sequence

from models.contact_data.public_text.skeleton import Skeleton, Word, fold

_FEWEST_LETTERS = 4  # separate ones in a row
_WIDEST_GAP = 3
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:(?: | ?[@._+-] ?)[^\W_](?![^\W_]))++")
_TOKEN = re.compile(r"[\w@$|](?:[\w@$|!]{0,62}[\w@$|])?")
_SIGNS = frozenset("0134578@$|!")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\w@$|!]{0,62}[0134578@$|!]|[0134578@$|!][\w@$|!]{0,62}[^\W\d_]")
_AS_LETTERS = [str.maketrans("0134578@$|!", f"o{one}eastbas{one}{one}") for one in "il"]


def without_signs(bare: Skeleton) -> Iterator[Skeleton]:
    """Yield the text with digits and signs within words replaced by the letters they represent; 1 is an i or
    an l.
    """
    if not _SIGN_IN_WORD.search(bare.text):
        return
    seen = {bare.text}
    for table in _AS_LETTERS:
        text = _TOKEN.sub(lambda match, table=table: _letters(match[0], table), bare.text)  # type: ignore[misc]
        if text not in seen:
            seen.add(text)
            yield Skeleton(text, bare.origin)


def without_blanks(bare: Skeleton) -> Skeleton | None:
    """Return the text with letters that stand alone in a row, and signs between them, closed up; None if
    there are none: "a n n a @ a c m e . d e".
    """
    blanks = {
        at
        for run in _SPACED.finditer(bare.text)
        for at in range(run.start(), run.end())
        if bare.text[at] == " "
    }
    if not blanks:
        return None
    kept = [at for at in range(len(bare.text)) if at not in blanks]
    return Skeleton("".join(bare.text[at] for at in kept), [bare.origin[at] for at in kept])


def with_letters_joined(words: Sequence[Word]) -> list[Word]:
    """Return the words, with single letters in a row joined into one word."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) == 1 and (not run or word.start - run[-1].end <= _WIDEST_GAP):
            run.append(word)
            continue
        joined += _as_one(run)
        run = [word] if len(word.text) == 1 else []
        if not run:
            joined.append(word)
    return joined + _as_one(run)


def _as_one(run: list[Word]) -> list[Word]:
    if len(run) < _FEWEST_LETTERS:
        return run
    return [Word(fold("".join(word.text for word in run)), run[0].start, run[-1].end)]


def _letters(token: str, table: dict[int, int]) -> str:
    mixed = any(char in _SIGNS for char in token) and any(char.isalpha() for char in token)
    return token.translate(table) if mixed else token
