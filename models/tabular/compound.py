"""Owns what may be inside an uploaded XLS: the names in its container (OLE2), and no macros or passwords.

It must not read the workbook itself.
"""

import struct
from collections.abc import Iterator

from models.complaints.file.errors import ComplaintFileError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_FAT = 109  # so many places of the allocation table stand in the header
_END = 0xFFFFFFFA  # this and above are no sectors
_ENTRY = 128
_MACROS = frozenset({"_vba_project_cur", "_vba_project", "vba", "macros", "project", "dir"})
_EMBEDDED = frozenset({"objectpool", "\x01ole10native", "package"})
_WORKBOOKS = frozenset({"workbook", "book"})
_FILE_PASS = 0x2F
_SAVE = "save the table as XLSX, ODS or CSV"


def check_compound(content: bytes) -> None:
    """Raises ComplaintFileError for all that is no plain XLS."""
    try:
        entries = {name.lower(): start for name, start in _entries(content)}
        names = entries.keys()
        protected = any(_has_password(content, entries[name]) for name in names & _WORKBOOKS)
    except (struct.error, IndexError, ValueError, OverflowError):
        raise ComplaintFileError(f"The file is damaged or cut off; {_SAVE} again.") from None
    if protected or names & {"encryptedpackage", "encryptioninfo"}:
        raise ComplaintFileError(f"The file is encrypted; {_SAVE} without a password.")
    if names & _MACROS:
        raise ComplaintFileError("The file has macros; save it without them, as XLSX or ODS.")
    if not names & _WORKBOOKS:
        wrong = "a Word document" if "worddocument" in names else "no Excel workbook"
        raise ComplaintFileError(f"The file is {wrong}; {_SAVE}.")
    if names & _EMBEDDED or any(name.startswith("mbd") for name in names):
        raise ComplaintFileError("The file has other files embedded; remove them, or save it as CSV.")


def _sector_size(content: bytes) -> int:
    shift: int = struct.unpack_from("<H", content, 30)[0]
    if shift not in {9, 12}:
        raise ValueError
    return 1 << shift


def _has_password(content: bytes, sector: int) -> bool:
    """Whether the workbook that begins in a sector says, by a record there, that the rest is encrypted."""
    size = _sector_size(content)
    at, end = (sector + 1) * size, (sector + 2) * size
    while at + 4 <= min(end, len(content)):
        record, length = struct.unpack_from("<HH", content, at)
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _entries(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield the names of all storages and streams, and the sectors they begin in."""
    size = _sector_size(content)
    table = _allocation(content, size)
    sector = struct.unpack_from("<I", content, 48)[0]
    seen: set[int] = set()
    while sector < _END:
        if sector in seen:
            raise ValueError
        seen.add(sector)
        start = (sector + 1) * size
        block = content[start : start + size]
        for at in range(0, len(block) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", block, at + 64)[0]
            if 2 <= length <= 64 and block[at + 66]:
                name = block[at : at + length - 2].decode("utf-16-le", "replace")
                yield name, struct.unpack_from("<I", block, at + 116)[0]
        sector = table[sector]


def _allocation(content: bytes, size: int) -> list[int]:
    """Return for each sector the next one of its chain."""
    first, extra, extras = struct.unpack_from("<I20xII", content, 44)
    places = list(struct.unpack_from(f"<{_HEADER_FAT}I", content, 76))
    per_sector = size // 4
    for _ in range(min(extras, len(content) // size)):
        if extra >= _END:
            break
        block = struct.unpack_from(f"<{per_sector}I", content, (extra + 1) * size)
        places.extend(block[:-1])
        extra = block[-1]
    table: list[int] = []
    for place in places[:first]:
        if place < _END:
            table.extend(struct.unpack_from(f"<{per_sector}I", content, (place + 1) * size))
    return table
