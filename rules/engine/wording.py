"""Sentences of rules: their placeholders, filled with the values of the policy."""

import string
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["fill", "placeholders"]


@lru_cache(maxsize=4_096)  # more than the catalogs have
def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces in `sentence`. Raises ValueError for braces that do not contain a plain name."""
    names = set()
    for _, name, form, conversion in string.Formatter().parse(sentence):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"{{{name}}} is not the plain name of a policy field")
        names.add(name)
    return frozenset(names)


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """`sentence` with its placeholders filled from `words`. Raises KeyError for an unknown one."""
    unknown = placeholders(sentence) - words.keys()
    if unknown:
        raise KeyError(min(unknown))
    return sentence.format_map(words)
