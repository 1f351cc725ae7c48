"""Names of stored files, without characters that reorder or hide the text around them."""

import unicodedata

LONGEST_NAME = 200
# Controls, formats (such as direction overrides), surrogates, private and unassigned characters, and line and
# paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SEPARATORS = frozenset("/\\")


def seen_name(name: str) -> str:
    """Return a name's last part, with underscores for invisible characters and separators; never empty."""
    plain = "".join(
        "_" if char in _SEPARATORS or unicodedata.category(char) in _UNSEEN else char
        for char in name[-LONGEST_NAME:]
    )
    return plain or "file"
