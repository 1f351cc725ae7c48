"""Undoes disguises that change letters: "D e l p h i n e", "D3lph1n3"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.contact_data.public_text.skeleton import Skeleton, Word, fold, places_of

_FEWEST_LETTERS = 4  # separate ones in a row
_WIDEST_GAP = 3
_UMLAUTS = frozenset("aou")
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
    for run in _runs(words):
        joined += [_as_one(run)] if len(run) >= _FEWEST_LETTERS else run
    return joined


def find_spelled(words: Sequence[Word], names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where each letter of a name stands alone, also beside other single letters: "i N o w a k"."""
    wanted = [name for name in names if len(name) >= _FEWEST_LETTERS]
    for run in _runs(words):
        if len(run) < _FEWEST_LETTERS:
            continue
        letters = [
            word
            for before, word in zip((None, *run), run, strict=False)
            if word.text != "e" or before is None or before.text not in _UMLAUTS
        ]  # "u e" is the ü of a folded name
        text = "".join(word.text for word in letters)
        for name in wanted:
            for start, end in places_of(name, text):
                yield letters[start].start, letters[end - 1].end


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield single letters in a row together, and each other word alone."""
    run: list[Word] = []
    for word in words:
        alone = len(word.text) == 1
        if run and not (alone and word.start - run[-1].end <= _WIDEST_GAP):
            yield run
            run = []
        if alone:
            run.append(word)
        else:
            yield [word]
    if run:
        yield run


def _as_one(run: list[Word]) -> Word:
    return Word(fold("".join(word.text for word in run)), run[0].start, run[-1].end)


def _letters(token: str, table: dict[int, int]) -> str:
    mixed = any(char in _SIGNS for char in token) and any(char.isalpha() for char in token)
    return token.translate(table) if mixed else token
