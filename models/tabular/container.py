"""Checks of the contents of an uploaded XLSX or ODS, before any library opens it.

Unpacks in memory, up to a limit, and only parts whose names and flags are allowed.
"""

import io
import re
import zipfile
import zlib
from typing import Literal

from models.tabular.errors import TableError

MAX_ENTRIES = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 300  # identical rows compress to a hundredth; a bomb to a thousandth
_RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MACROS = re.compile(
    r"(.*/)?vba(project|data)[^/]*|(.*/)?(macrosheets|activex|dialogsheets|customui)/.*"
    r"|basic/(?!([^/]+/)?script-l[bc]\.xml$).+\.x[a-z]+|scripts/.+",
)
_EMBEDDED = re.compile(r"(.*/)?embeddings/.+|object \d+(/.*)?|.*\.(zip|7z|rar|exe|dll|js|vbs|bat|jar|hta)")
_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
_PICTURE = re.compile(r"(xl/media|pictures)/.*|.*\.(png|jpe?g|gif|emf|wmf|svm|bin)")
_SAVE = "save the table as XLSX, ODS or CSV"
# In each encoding of XML; tables never contain them, and only they can make XML a bomb.
_DECLARATIONS = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in ("<!DOCTYPE", "<!ENTITY", "<!doctype")
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_MARKUP = (b"<!", b"<\x00!", b"\x00<\x00!")  # searched first, because it is faster
_MACRO_TYPE = re.compile(rb"macroenabled|vbaproject", re.IGNORECASE)
_LONGEST_MARK = 40


def check_container(content: bytes, *, macros: bool = False) -> Literal["XLSX", "ODS"]:
    """Return the format of a ZIP file. Raises TableError for anything but a plain table; with `macros`, it
    may contain some.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            # Some programs of Windows write the names of parts with backslashes.
            names = [entry.filename.replace("\\", "/") for entry in entries]
            _check_names(names, macros=macros)
            kind = _kind(archive, {name.lower() for name in names})
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise TableError(f"The file is encrypted; {_SAVE} without a password.")
            for entry in entries:
                _check_entry(archive, entry, macros=macros)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"The file is damaged or incomplete; {_SAVE} again.") from None
    except (RuntimeError, KeyError, IndexError, OverflowError, MemoryError):  # for broken directories
        raise TableError(f"The file is damaged; {_SAVE} again.") from None


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise TableError(f"The file has {len(entries)} parts, which is too many; {_SAVE}.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TableError(
            f"The file unpacks to more than {MAX_UNPACKED // 2**20} MiB; split the table, or save it as CSV."
        )
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise TableError(f"The file uses an unsupported compression method; {_SAVE}.")
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise TableError(
                f"A part of the file unpacks to more than {MAX_RATIO} times its size; save the table as CSV."
            )


def _check_names(names: list[str], *, macros: bool) -> None:
    if len(set(names)) != len(names):
        raise TableError(f"The file has two parts with the same name; {_SAVE} again.")
    for name in names:
        lowered = name.lower()
        if lowered.startswith("/") or ".." in lowered.split("/") or ":" in lowered or "\x00" in lowered:
            raise TableError(f"The file has parts with unsafe names; {_SAVE} again.")
        if not macros and _MACROS.fullmatch(lowered):
            raise TableError("The file contains macros; save it without them, as XLSX or ODS.")
        if _EMBEDDED.fullmatch(lowered):
            raise TableError("The file contains embedded files; remove them, or save it as CSV.")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> Literal["XLSX", "ODS"]:
    if "encryptedpackage" in names or "encrypted-package" in names:
        raise TableError(f"The file is encrypted; {_SAVE} without a password.")
    if "[content_types].xml" in names:
        if any(map(_WORKBOOK.fullmatch, names)):
            return "XLSX"
        if "xl/workbook.bin" in names:
            raise TableError(f"The file is a binary Excel workbook (XLSB); {_SAVE}.")
        wrong = next(
            (what for folder, what in _OFFICE.items() if any(folder in name for name in names)), None
        )
        raise TableError(f"The file is {wrong or 'not a supported workbook'}; {_SAVE}.")
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            media_type = stream.read(len(_ODS) + 1).strip()
        if media_type == _ODS and "content.xml" in names:
            return "ODS"
        raise TableError(f"The file is an OpenDocument file, but not a spreadsheet; {_SAVE}.")
    raise TableError(f"The file is a ZIP archive; unpack it and upload the table, or {_SAVE}.")


_OFFICE = {"word/": "a Word document", "ppt/": "a PowerPoint presentation", "visio/": "a Visio drawing"}


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, macros: bool) -> None:
    """Unpack a part in chunks: its size must be as declared, and its XML must not declare entities."""
    name = entry.filename.lower().replace("\\", "/")
    is_xml = not _PICTURE.fullmatch(name)  # a logo in SVG has a DOCTYPE, and nobody reads it
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            seen = tail + chunk
            if is_xml and any(mark in seen for mark in _MARKUP) and _DECLARATIONS.search(seen):
                raise TableError(
                    f"The file's XML declares a DTD or entities, which is not allowed; {_SAVE} again."
                )
            if not macros and name == "[content_types].xml" and _MACRO_TYPE.search(seen):
                raise TableError("The file contains macros; save it without them, as XLSX or ODS.")
            if name == "meta-inf/manifest.xml" and b"encryption-data" in seen:
                raise TableError(f"The file is encrypted; {_SAVE} without a password.")
            tail = seen[-_LONGEST_MARK:]
