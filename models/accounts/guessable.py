"""Check of a new password against common words and the user's own name and address.

A small check, not a substitute for a list of leaked passwords.
"""

import re
import unicodedata
from itertools import pairwise

from models.accounts.common_words import COMMON_WORDS

_LOOK_ALIKE = str.maketrans("@4831!057$", "aabeiiosts")
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_CHARACTERS = 6  # distinct ones, without the guessable parts


def why_guessable(password: str, *, email: str, name: str) -> str | None:
    """Return what makes a password easy to guess, as the rest of a sentence; None if nothing was found.

    Only the rest counts, without common words and the user's own: nothing is left of `Leadgate-2026!!`.
    """
    plain = unicodedata.normalize("NFKC", password).casefold()
    own = frozenset(word for text in (email, name) for word in _WORD.findall(text.casefold()))
    for text in (plain, plain.translate(_LOOK_ALIKE)):
        if len(_left(text, own | COMMON_WORDS)) < _FEWEST_CHARACTERS:
            whose = len(_left(text, COMMON_WORDS)) >= _FEWEST_CHARACTERS
            what = "the user's own name or address" if whose else "commonly guessed words"
            return f"consists of {what}; use several unrelated words"
    return None


def _left(text: str, words: frozenset[str]) -> set[str]:
    """Return the letters and digits of a text without these words, years, and runs (`1234`, `aaaa`)."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    text = _YEAR.sub(" ", text)
    return {
        after
        for before, after in pairwise(f"  {text}")
        if after.isalnum() and abs(ord(after) - ord(before)) > 1
    }
