"""Checks of an uploaded XLS (an OLE2 container): a workbook without macros, password or embedded files."""

import io
import struct

import olefile  # type: ignore[import-untyped] # has no annotations

from models.tabular.errors import TableError

MAGIC = olefile.MAGIC
_MACROS = frozenset({"_vba_project_cur", "_vba_project", "vba", "macros", "project", "dir"})
_EMBEDDED = frozenset({"objectpool", "\x01ole10native", "package"})
_WORKBOOKS = ("workbook", "book")
_FILE_PASS = 0x2F
_FIRST_RECORDS = 4096  # bytes; that record is among the first
_SAVE = "save the table as XLSX, ODS or CSV"
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
        raise TableError(f"The file is damaged or incomplete; {_SAVE} again.") from None
    if protected or names & {"encryptedpackage", "encryptioninfo"}:
        raise TableError(f"The file is encrypted; {_SAVE} without a password.")
    if names & _MACROS:
        raise TableError("The file contains macros; save it without them, as XLSX or ODS.")
    if not names & set(_WORKBOOKS):
        wrong = "a Word document" if "worddocument" in names else "not an Excel workbook"
        raise TableError(f"The file is {wrong}; {_SAVE}.")
    if names & _EMBEDDED or any(name.startswith("mbd") for name in names):
        raise TableError("The file contains embedded files; remove them, or save it as CSV.")


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
