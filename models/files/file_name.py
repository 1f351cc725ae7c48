"""Owns what a stored file may be called: nothing in its name that reorders or hides what stands beside it.

It must not say what kind of file it is: a name is only what somebody called it.
"""

import unicodedata

LONGEST_NAME = 200
# Controls, formats (such as the overrides of direction), halves of characters, private and unassigned ones,
# ends of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SEPARATORS = frozenset("/\\")


def seen_name(name: str) -> str:
    """Return the end of a name, with an underscore for what is not seen or separates folders; never empty."""
    plain = "".join(
        "_" if char in _SEPARATORS or unicodedata.category(char) in _UNSEEN else char
        for char in name[-LONGEST_NAME:]
    )
    return plain or "file"
