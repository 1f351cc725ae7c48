"""Recognises the contact's own name and organisation in prose; other names are allowed in a brief."""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.contact_data.public_text.inflection import with_forms_replaced
from models.contact_data.public_text.lexicon import GREETINGS, LEGAL_FORMS, TITLES
from models.contact_data.public_text.ordinary_words import GIVEN_NAMES_IN_PROSE, ORDINARY_WORDS, SMALL_WORDS
from models.contact_data.public_text.skeleton import Word, fold, places_of, words_of

Span = tuple[int, int]

_TITLES = frozenset(map(fold, TITLES))
_GREETINGS = frozenset(map(fold, GREETINGS))
_LEGAL_FORMS = frozenset(map(fold, LEGAL_FORMS))
_SMALL_WORDS = frozenset(map(fold, SMALL_WORDS))
_ORDINARY = frozenset(map(fold, ORDINARY_WORDS))
_PROSE = frozenset(map(fold, GIVEN_NAMES_IN_PROSE))
_REMARK = re.compile(r"\([^()]*\)")
_SHORTEST_ALONE = 4
_SHORTEST_JOINED = 8
_STRANGE_WORDS = 2  # allowed between an organisation's words in another order


def find_names(text: str, words: Sequence[Word], full_name: str) -> Iterator[Span]:
    """Yield where the contact is named: first and last name in either order, an initial with the last name,
    the last name after a title, a greeting or "my name is", or alone unless it is also an ordinary word; in
    any case, inflected or not, with or without accents.
    """
    name = parts_of_name(full_name)
    if not name:
        return
    words = with_forms_replaced(words, (name[0], name[-1]))
    if len(name) == 1:
        yield from _alone(text, words, name[0])
        return
    yield from _last_alone(words, name[-1])
    yield from find_accompanied(text, words, name)


def find_accompanied(text: str, words: Sequence[Word], name: Sequence[str]) -> Iterator[Span]:
    """Yield where the last of the words of a name stands with the first one, an initial, a title or a
    greeting.
    """
    first, last = name[0], name[-1]
    reach = max(len(name), 3)  # one word between the two: a middle name, an initial
    joined = {first + last, last + first}
    for index, word in enumerate(words):
        if word.text in joined and len(word.text) > _SHORTEST_ALONE:
            yield word.start, word.end
        elif word.text in (first, last):
            other = last if word.text == first else first
            end = _end_of(words[index + 1 : index + reach], other)
            if end is None and first == last:
                continue
            if end is None and word.text == last:
                end = _initial_after(text, words, index, first)
            if end is not None:
                yield word.start, end
        if word.text == first[:1] and text[word.end : word.end + 1] == ".":
            end = _end_of(words[index + 1 : index + 3], last)
            if end is not None and len(last) > 1:
                yield word.start, end
        if (word.text in _TITLES or word.text in _GREETINGS) and len(last) > 1:
            end = _end_of(words[index + 1 : index + 4], last)
            if end is not None:
                yield word.start, end


def find_given_names(words: Sequence[Word], full_name: str) -> Iterator[Span]:
    """Yield where a given name is used alone, inflected or not, unless it is also an ordinary word."""
    given = [
        part for part in parts_of_name(full_name)[:-1] if len(part) >= _SHORTEST_ALONE and part not in _PROSE
    ]
    if given:
        yield from (
            (word.start, word.end) for word in with_forms_replaced(words, given) if word.text in given
        )


def parts_of_name(full_name: str) -> list[str]:
    """Return the folded words of a person's name without titles."""
    name = words_of(full_name)
    return [part for part in name if part not in _TITLES] or name


def find_organisation(
    words: Sequence[Word], original: str, origin: Sequence[int], organisation: str
) -> Iterator[Span]:
    """Yield where the contact's organisation is named, with or without its legal form.

    A one-word name must have four letters and a capital, so that Garden Ltd can still mention its garden.
    """
    name, core = words_of(organisation), _core(organisation)
    if sum(map(len, core)) < _SHORTEST_ALONE:
        core = name if sum(map(len, name)) >= _SHORTEST_ALONE and len(name) > 1 else []
    if not core:
        return
    words = with_forms_replaced(words, core[:1]) if len(core) == 1 else words
    for index, word in enumerate(words):
        if word.text != core[0] or [one.text for one in words[index : index + len(core)]] != core:
            continue
        written = original[origin[word.start]]
        if len(core) > 1 or not written.islower():
            yield word.start, words[index + len(core) - 1].end


def find_in_any_order(words: Sequence[Word], organisation: str) -> Iterator[Span]:
    """Yield where the words of the organisation's name appear together in another order.

    Three words suffice, or two if one is not an ordinary word: a marketing agency may mention an agency for
    marketing.
    """
    wanted = {word for word in _core(organisation) if len(word) > 2 and word not in _SMALL_WORDS}
    if len(wanted) < 2 or not (wanted - _ORDINARY) or (len(wanted) == 2 and any(len(w) < 4 for w in wanted)):
        return
    reach = len(wanted) + _STRANGE_WORDS
    last_seen: dict[str, int] = {}
    for index, word in enumerate(words):
        if word.text not in wanted:
            continue
        last_seen[word.text] = index
        first = min(last_seen.values())
        if len(last_seen) == len(wanted) and index - first < reach:
            yield words[first].start, word.end


def find_joined(words: Sequence[Word], names: Iterable[str]) -> Iterator[Span]:
    """Yield where a name appears with its letters separated by blanks, dots or hyphens, or within another
    word.
    """
    starts = [word.start for word in words for _ in word.text]
    ends = [word.end for word in words for _ in word.text]
    text = "".join(word.text for word in words)
    for name in names:
        if len(name) >= _SHORTEST_JOINED:
            yield from ((starts[start], ends[end - 1]) for start, end in places_of(name, text))


def joined_names(full_name: str) -> set[str]:
    """Return a name without blanks, first or last name first."""
    name = parts_of_name(full_name)
    return {"".join(name), name[0] + name[-1], name[-1] + name[0]} if len(name) > 1 else set()


def joined_organisation(organisation: str) -> set[str]:
    """Return an organisation's name of several words without blanks and legal form."""
    core = _core(organisation)
    return {"".join(core)} if len(core) > 1 else set()


def is_ordinary(words: str) -> bool:
    """Return whether a text, such as the name of an organisation, is a single word that prose uses."""
    return fold(words) in _ORDINARY


def rarest_word(organisation: str) -> str:
    """Return the word of an organisation's name that each of its forms contains, folded; the longest one."""
    return max(_core(organisation), key=len, default="")


def _core(organisation: str) -> list[str]:
    core = words_of(_REMARK.sub(" ", organisation)) or words_of(organisation)
    while len(core) > 1 and core[-1] in _LEGAL_FORMS:
        core.pop()
    return core


def _alone(text: str, words: Sequence[Word], name: str) -> Iterator[Span]:
    """Yield a name of one word; in scripts without spaces and case it may be inside a word."""
    if name.upper() == name.lower() and len(name) > 1 and not name.isascii():
        yield from places_of(name, text)
    elif len(name) >= _SHORTEST_ALONE:
        yield from ((word.start, word.end) for word in words if word.text == name)


def _last_alone(words: Sequence[Word], last: str) -> Iterator[Span]:
    if len(last) >= _SHORTEST_ALONE and last not in _ORDINARY:
        yield from ((word.start, word.end) for word in words if word.text == last)


def _end_of(words: Sequence[Word], wanted: str) -> int | None:
    return next((word.end for word in words if word.text == wanted), None)


def _initial_after(text: str, words: Sequence[Word], index: int, first: str) -> int | None:
    if index + 1 == len(words):
        return None
    after = words[index + 1]
    if after.text == first[:1] and text[after.end : after.end + 1] == ".":
        return after.end
    return None
