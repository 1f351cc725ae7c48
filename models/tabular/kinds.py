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
from models.tabular.refusals import FileContent, TableRefusal

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
    b"%PDF": FileContent.PDF,
    b"\x89PNG": FileContent.IMAGE,
    b"\xff\xd8\xff": FileContent.IMAGE,
    b"GIF8": FileContent.IMAGE,
    b"BM": FileContent.IMAGE,
    b"RIFF": FileContent.MEDIA,
    b"MZ": FileContent.PROGRAM,
    b"\x7fELF": FileContent.PROGRAM,
    b"\xca\xfe\xba\xbe": FileContent.PROGRAM,
    b"#!": FileContent.PROGRAM,
    b"\x1f\x8b": FileContent.COMPRESSED,
    b"BZh": FileContent.COMPRESSED,
    b"\xfd7zXZ\x00": FileContent.COMPRESSED,
    b"\x28\xb5\x2f\xfd": FileContent.COMPRESSED,
    b"7z\xbc\xaf\x27\x1c": FileContent.COMPRESSED,
    b"Rar!": FileContent.COMPRESSED,
    b"{\\rtf": FileContent.RTF,
    b"SQLite format 3": FileContent.DATABASE,
    b"PAR1": FileContent.DATABASE,
    b"\x09\x08": FileContent.ANCIENT_WORKBOOK,
    b"\x09\x04": FileContent.ANCIENT_WORKBOOK,
    b"\x09\x02": FileContent.ANCIENT_WORKBOOK,
    b"\x09\x00\x04\x00": FileContent.ANCIENT_WORKBOOK,
}
# A heading may begin like this too, but text has no NUL byte.
_MAYBE_TEXT = frozenset({b"BM", b"MZ", b"BZh", b"#!", b"RIFF", b"GIF8", b"PAR1", b"Rar!", b"\x09\x08"})
_TEXT = {
    b"<?xml": FileContent.XML,
    b"<html": FileContent.WEB_PAGE,
    b"<!doctype": FileContent.WEB_PAGE,
    b"<table": FileContent.WEB_PAGE,
    b"<head": FileContent.WEB_PAGE,
    b"<body": FileContent.WEB_PAGE,
    b"<script": FileContent.WEB_PAGE,
    b"<svg": FileContent.IMAGE,
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
        raise TableError(TableRefusal.FILE_EMPTY)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        content = _whole(stream, head)
        return TableFormat(check_container(content, macros=macros)), content
    if head.startswith(MAGIC):
        content = _whole(stream, head)
        check_compound(content)  # a workbook with a password is one of these, too
        if TableFormat.XLS not in formats:
            raise TableError(TableRefusal.FILE_IS_XLS)
        return TableFormat.XLS, content
    for mark, what in _WRONG.items():
        if head.startswith(mark) and (mark not in _MAYBE_TEXT or b"\x00" in head):
            raise TableError(TableRefusal.FILE_OF_WRONG_KIND, what=what.sentence())
    text = head[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, what in _TEXT.items():
        if text.startswith(mark):
            raise TableError(TableRefusal.FILE_IS_MARKUP, what=what.sentence())
    return TableFormat.CSV, b""


def _whole(stream: IO[bytes], head: bytes) -> bytes:
    """Return the content of a workbook, which is read in memory."""
    content = head + stream.read(MAX_BYTES + 1 - len(head))
    if len(content) > MAX_BYTES:
        raise TableError(TableRefusal.WORKBOOK_TOO_LARGE, most=MAX_BYTES // 2**20)
    return content


def check_name(filename: str) -> None:
    """Refuse extensions that execute or mislead when the file is opened later, if it is stored as uploaded.

    Raises TableError.
    """
    _, dot, ending = filename.rpartition(".")
    ending = ending.rstrip().lower() if dot else ""
    if ending in _WITH_MACROS:
        raise TableError(TableRefusal.FILE_MAY_HAVE_MACROS)
    if _ENDING.fullmatch(ending) and ending not in _ENDINGS:
        raise TableError(TableRefusal.FILE_TYPE_NOT_ACCEPTED)
