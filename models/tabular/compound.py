"""Checks of an uploaded XLS (an OLE2 container): a workbook without macros, password or embedded files."""

import io
import struct

import olefile  # type: ignore[import-untyped] # has no annotations

from models.tabular.errors import TableError
from models.tabular.refusals import FileContent, TableRefusal

MAGIC = olefile.MAGIC
_MACROS = frozenset({"_vba_project_cur", "_vba_project", "vba", "macros", "project", "dir"})
_EMBEDDED = frozenset({"objectpool", "\x01ole10native", "package"})
_WORKBOOKS = ("workbook", "book")
_FILE_PASS = 0x2F
_FIRST_RECORDS = 4096  # bytes; that record is among the first
_BROKEN = (
    OSError,
    ValueError,
    IndexError,
    struct.error,
    OverflowError,
    RecursionError,
    AttributeError,
    TypeError,
)


def check_compound(content: bytes) -> None:
    """Raises TableError for anything but a plain XLS."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = {part.lower() for path in container.listdir(storages=True) for part in path}
            protected = any(_has_password(container, name) for name in _WORKBOOKS if container.exists(name))
    except _BROKEN:  # what the library raises for damaged files
        raise TableError(TableRefusal.FILE_DAMAGED) from None
    if protected or names & {"encryptedpackage", "encryptioninfo"}:
        raise TableError(TableRefusal.FILE_ENCRYPTED)
    if names & _MACROS:
        raise TableError(TableRefusal.FILE_HAS_MACROS)
    if not names & set(_WORKBOOKS):
        wrong = FileContent.WORD if "worddocument" in names else FileContent.NO_WORKBOOK
        raise TableError(TableRefusal.FILE_OF_WRONG_KIND, what=wrong.sentence())
    if names & _EMBEDDED or any(name.startswith("mbd") for name in names):
        raise TableError(TableRefusal.FILE_HAS_EMBEDDED_FILES)


def _has_password(container: olefile.OleFileIO, name: str) -> bool:
    """Whether one of the workbook's first records says that the others are encrypted."""
    begin = container.openstream(name).read(_FIRST_RECORDS)
    at = 0
    while at + 4 <= len(begin):
        record, length = struct.unpack_from("<HH", begin, at)
        if record == _FILE_PASS:
            return True
        at += 4 + length
    return False
