"""Owns how text is written into cells so that no program takes it for a formula, and how it is read back.

It must not change what a cell says: reading gives back what was written.
"""

import re

# OWASP's list, with the full-width signs that some programs fold; blanks before them do not help. Existing
# apostrophes count as part of the text, so that writing can be undone.
_FORMULA = r"'*[\t\r\n]|'*(?:[^\S\t\r\n]|[\ufeff\u200b])*[=+\-@\uff0b\uff0d\uff1d\uff20]"
_AT_START = re.compile(f"(?={_FORMULA})")
# A program with another delimiter in mind cuts the cell in two: the second half must be harmless as well.
_AT_CUT = re.compile(f"([;,|\t\r\n])(?={_FORMULA})")
_WRITTEN_AT_START = re.compile(f"'(?={_FORMULA})")
_WRITTEN_AT_CUT = re.compile(f"([;,|\t\r\n])'(?={_FORMULA})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_CHARS = 32_767  # of a cell, in Excel


def is_formula_like(text: str) -> bool:
    """Whether some program would calculate this text."""
    return _AT_START.match(text) is not None


def neutralise(text: str) -> str:
    """Return text for a cell of CSV: an apostrophe before whatever would begin a formula."""
    text = _AT_CUT.sub(r"\1'", text)
    return f"'{text}" if is_formula_like(text) else text


def restore(text: str) -> str:
    """Return what `neutralise` was given."""
    return _WRITTEN_AT_CUT.sub(r"\1", unquoted(text))


def unquoted(text: str) -> str:
    """Return what a person wrote, without the apostrophe that made a spreadsheet program take it as text."""
    return text[1:] if _WRITTEN_AT_START.match(text) else text


def storable(text: str) -> str:
    """Return text as a file can hold it: no lone surrogates, no more than a cell takes."""
    return _SURROGATE.sub("\ufffd", text)[:_MOST_CHARS]
