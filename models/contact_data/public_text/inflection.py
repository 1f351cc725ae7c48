"""Inflected forms of names: "Kowalskiego", "Petrze", "Schneiders", "Popescului".

Polish and Romanian decline names, German adds an s. This is no grammar: it says whether a word may be a form
of a name, from the endings that names take. All words are folded.
"""

from collections.abc import Sequence

from models.contact_data.public_text.ordinary_words import ORDINARY_WORDS
from models.contact_data.public_text.skeleton import Word, fold

_ORDINARY = frozenset(map(fold, ORDINARY_WORDS))
_SHORTEST_NAME, _SHORTEST_STEM = 4, 3
_VOWELS = frozenset("aeiouy")
_ENDINGS = frozenset(
    """
    s es ens a e i o u y em iem im ym um om ow owi owie ego iego emu iemu ej iej imi ie ze ami ach ich ych
    ei ii ul ului lui lor ilor
    """.split()  # noqa: SIM905
)


def with_forms_replaced(words: Sequence[Word], names: Sequence[str]) -> Sequence[Word]:
    """Return the words, with each inflected form of one of `names` replaced by that name."""
    stems = [(name, _stems(name)) for name in dict.fromkeys(names) if len(name) >= _SHORTEST_NAME]
    return [
        next((Word(name, word.start, word.end) for name, of in stems if _is_form(word.text, name, of)), word)
        for word in words
    ]


def shortest_stem(name: str) -> str:
    """Return letters with which each form of the name begins."""
    if len(name) < _SHORTEST_NAME:
        return name
    stems = _stems(name)
    return stems[0][:-2] if len(stems) > 1 else stems[0]


def _stems(name: str) -> list[str]:
    if name[-1] in _VOWELS:
        return [name[:-1]]
    if (
        name[-2] == "e" and name[-3] not in _VOWELS and len(name) > _SHORTEST_NAME
    ):  # Marek, Marka; Pawel, Pawla
        return [name, name[:-2] + name[-1]]
    return [name]


def _is_form(word: str, name: str, stems: Sequence[str]) -> bool:
    if word == name or word[:_SHORTEST_STEM] != name[:_SHORTEST_STEM] or word in _ORDINARY:
        return False
    return any(word.startswith(stem) and word[len(stem) :] in _ENDINGS for stem in stems)
