"""Escaping of text in cells, so that no program takes it for a formula, and its reverse."""

import re

# OWASP's list, with the full-width signs that some programs fold; leading spaces do not prevent it. Existing
# apostrophes count as part of the text, so that escaping can be undone.
_FORMULA = r"'*[\t\r\n]|'*(?:[^\S\t\r\n]|[\ufeff\u200b])*[=+\-@\uff0b\uff0d\uff1d\uff20]"
_AT_START = re.compile(f"(?={_FORMULA})")
# A program that expects another delimiter splits the cell: the second half must be harmless as well.
_AT_CUT = re.compile(f"([;,|\t\r\n])(?={_FORMULA})")
_WRITTEN_AT_START = re.compile(f"'(?={_FORMULA})")
_WRITTEN_AT_CUT = re.compile(f"([;,|\t\r\n])'(?={_FORMULA})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_CHARS = 32_767  # of a cell, in Excel


def is_formula_like(text: str) -> bool:
    """Whether some program would evaluate this text."""
    return _AT_START.match(text) is not None


def neutralise(text: str) -> str:
    """Return text for a CSV cell, with an apostrophe before anything that would begin a formula."""
    text = _AT_CUT.sub(r"\1'", text)
    return f"'{text}" if is_formula_like(text) else text


def restore(text: str) -> str:
    """Return the original of a neutralised text."""
    return _WRITTEN_AT_CUT.sub(r"\1", unquoted(text))


def unquoted(text: str) -> str:
    """Return a text without the apostrophe that people type to mark it as text in a spreadsheet."""
    return text[1:] if _WRITTEN_AT_START.match(text) else text


def storable(text: str) -> str:
    """Return text that a file can hold: without lone surrogates, cut to the maximum length of a cell."""
    return _SURROGATE.sub("\ufffd", text)[:_MOST_CHARS]
