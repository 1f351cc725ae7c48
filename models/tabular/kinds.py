"""Format of an uploaded file, by its content, and refusal of everything but tables.

A file's name is not trusted: it only leads to a refusal if the file is stored and would be dangerous to open.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import IO

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
_HEAD_BYTES = 4096
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


def kind_of(
    stream: IO[bytes], formats: Sequence[TableFormat] = tuple(TableFormat), *, macros: bool = False
) -> tuple[TableFormat, bytes]:
    """Return the format of a file and, unless it is a CSV file, its content.

    `stream` (seekable) is read from its beginning, of a CSV file only the first bytes. With `macros`, a
    workbook may contain some, which are not read. Raises TableError if the file is not accepted.
    """
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    if not head:
        raise TableError("The file is empty; it needs a header and rows.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        content = _whole(stream, head)
        return TableFormat(check_container(content, macros=macros)), content
    if head.startswith(MAGIC):
        content = _whole(stream, head)
        check_compound(content)  # a workbook with a password is one of these, too
        if TableFormat.XLS not in formats:
            raise TableError("The file is an old Excel workbook (XLS); save it as XLSX.")
        return TableFormat.XLS, content
    for mark, what in _WRONG.items():
        if head.startswith(mark) and (mark not in _MAYBE_TEXT or b"\x00" in head):
            *others, last = formats
            raise TableError(f"The file is {what}; upload a file in {', '.join(others)} or {last}.")
    text = head[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, what in _TEXT.items():
        if text.startswith(mark):
            raise TableError(f"The file is {what}; open it in your spreadsheet program and save it as XLSX.")
    return TableFormat.CSV, b""


def _whole(stream: IO[bytes], head: bytes) -> bytes:
    """Return the content of a workbook, which is read in memory."""
    content = head + stream.read(MAX_BYTES + 1 - len(head))
    if len(content) > MAX_BYTES:
        raise TableError(
            f"The workbook is larger than {MAX_BYTES // 2**20} MiB; split it, or save it as CSV."
        )
    return content


def check_name(filename: str) -> None:
    """Refuse extensions that execute or mislead when the file is opened later, if it is stored as uploaded.

    Raises TableError.
    """
    _, dot, ending = filename.rpartition(".")
    ending = ending.rstrip().lower() if dot else ""
    if ending in _WITH_MACROS:
        raise TableError("A file of this type can contain macros; save it as XLSX.")
    if _ENDING.fullmatch(ending) and ending not in _ENDINGS:
        raise TableError("Files of this type are not accepted; upload an XLSX, XLS, ODS or CSV file.")
