"""Format of an uploaded file, by its content, and refusal of everything but tables.

A file's name is not trusted: it only leads to a refusal if it would be dangerous to open.
"""

import re
from enum import StrEnum

from models.tabular.compound import MAGIC, check_compound
from models.tabular.container import check_container
from models.tabular.errors import TableError

MAX_BYTES = 10 * 1024 * 1024


class TableFormat(StrEnum):
    """The accepted formats of an uploaded file."""

    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    CSV = "CSV"


MEDIA_TYPES = {
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableFormat.XLS: "application/vnd.ms-excel",
    TableFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    TableFormat.CSV: "text/csv",
}
_ENDINGS = frozenset({"xlsx", "xls", "ods", "csv", "tsv", "tab", "txt"})
_ENDING = re.compile(r"(?=.*[a-z])[a-z0-9_~-]{1,12}")  # "Nov. 2026" and "2026.11" have none
_WITH_MACROS = frozenset({"xlsm", "xltm", "xlam", "xla"})
_TAKEN = "upload an XLSX, XLS, ODS or CSV file"
_WRONG = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"BM": "an image",
    b"RIFF": "an image, a sound or a video",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"#!": "a program",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ\x00": "a compressed file",
    b"\x28\xb5\x2f\xfd": "a compressed file",
    b"7z\xbc\xaf\x27\x1c": "a compressed file",
    b"Rar!": "a compressed file",
    b"{\\rtf": "a text document (RTF)",
    b"SQLite format 3": "a database",
    b"PAR1": "a database",
    b"\x09\x08": "a workbook from a very old version of Excel",
    b"\x09\x04": "a workbook from a very old version of Excel",
    b"\x09\x02": "a workbook from a very old version of Excel",
    b"\x09\x00\x04\x00": "a workbook from a very old version of Excel",
}
# A heading may begin like this too, but text has no NUL byte.
_MAYBE_TEXT = frozenset({b"BM", b"MZ", b"BZh", b"#!", b"RIFF", b"GIF8", b"PAR1", b"Rar!", b"\x09\x08"})
_TEXT = {
    b"<?xml": "XML",
    b"<html": "a web page",
    b"<!doctype": "a web page",
    b"<table": "a web page",
    b"<head": "a web page",
    b"<body": "a web page",
    b"<script": "a web page",
    b"<svg": "an image",
}


def kind_of(content: bytes, filename: str) -> TableFormat:
    """Return the format of a file. Raises TableError if it is not accepted."""
    _check_name(filename)
    if not content:
        raise TableError("The file is empty; download the template and fill it in.")
    if len(content) > MAX_BYTES:
        raise TableError(f"The file is larger than {MAX_BYTES // 2**20} MiB; split it.")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return TableFormat(check_container(content))
    if content.startswith(MAGIC):
        check_compound(content)
        return TableFormat.XLS
    for mark, what in _WRONG.items():
        if content.startswith(mark) and (mark not in _MAYBE_TEXT or b"\x00" in content[:4096]):
            raise TableError(f"The file is {what}; {_TAKEN}.")
    text = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, what in _TEXT.items():
        if text.startswith(mark):
            raise TableError(f"The file is {what}; open it in your spreadsheet program and save it as XLSX.")
    return TableFormat.CSV


def _check_name(filename: str) -> None:
    """Refuse extensions that execute or mislead when the file is opened later: it is stored as uploaded."""
    _, dot, ending = filename.rpartition(".")
    ending = ending.rstrip().lower() if dot else ""
    if ending in _WITH_MACROS:
        raise TableError("A file of this type can contain macros; save it as XLSX.")
    if _ENDING.fullmatch(ending) and ending not in _ENDINGS:
        raise TableError(f"Files of this type are not accepted; {_TAKEN}.")
