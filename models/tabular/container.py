"""Checks of the contents of an uploaded XLSX or ODS, before any library opens it.

Unpacks in memory, up to a limit, and only parts whose names and flags are allowed.
"""

import io
import re
import zipfile
import zlib
from typing import Literal

from models.tabular.errors import TableError
from models.tabular.refusals import FileContent, TableRefusal

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
                raise TableError(TableRefusal.FILE_ENCRYPTED)
            for entry in entries:
                _check_entry(archive, entry, macros=macros)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(TableRefusal.FILE_DAMAGED) from None
    except (RuntimeError, KeyError, IndexError, OverflowError, MemoryError):  # for broken directories
        raise TableError(TableRefusal.FILE_DAMAGED) from None


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise TableError(TableRefusal.WORKBOOK_HAS_TOO_MANY_PARTS, count=len(entries))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TableError(TableRefusal.WORKBOOK_UNPACKS_TOO_LARGE, most=MAX_UNPACKED // 2**20)
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise TableError(TableRefusal.WORKBOOK_COMPRESSION_UNSUPPORTED)
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise TableError(TableRefusal.WORKBOOK_COMPRESSED_TOO_MUCH, ratio=MAX_RATIO)


def _check_names(names: list[str], *, macros: bool) -> None:
    if len(set(names)) != len(names):
        raise TableError(TableRefusal.WORKBOOK_PARTS_UNSAFE)
    for name in names:
        lowered = name.lower()
        if lowered.startswith("/") or ".." in lowered.split("/") or ":" in lowered or "\x00" in lowered:
            raise TableError(TableRefusal.WORKBOOK_PARTS_UNSAFE)
        if not macros and _MACROS.fullmatch(lowered):
            raise TableError(TableRefusal.FILE_HAS_MACROS)
        if _EMBEDDED.fullmatch(lowered):
            raise TableError(TableRefusal.FILE_HAS_EMBEDDED_FILES)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> Literal["XLSX", "ODS"]:
    if "encryptedpackage" in names or "encrypted-package" in names:
        raise TableError(TableRefusal.FILE_ENCRYPTED)
    if "[content_types].xml" in names:
        if any(map(_WORKBOOK.fullmatch, names)):
            return "XLSX"
        if "xl/workbook.bin" in names:
            raise _wrong_kind(FileContent.BINARY_WORKBOOK)
        folders = (what for folder, what in _OFFICE.items() if any(folder in name for name in names))
        raise _wrong_kind(next(folders, FileContent.OTHER_OFFICE))
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            media_type = stream.read(len(_ODS) + 1).strip()
        if media_type == _ODS and "content.xml" in names:
            return "ODS"
        raise _wrong_kind(FileContent.OTHER_OPEN_DOCUMENT)
    raise TableError(TableRefusal.FILE_IS_ARCHIVE)


_OFFICE = {"word/": FileContent.WORD, "ppt/": FileContent.POWERPOINT, "visio/": FileContent.VISIO}


def _wrong_kind(what: FileContent) -> TableError:
    return TableError(TableRefusal.FILE_OF_WRONG_KIND, what=what.sentence())


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, macros: bool) -> None:
    """Unpack a part in chunks: its size must be as declared, and its XML must not declare entities."""
    name = entry.filename.lower().replace("\\", "/")
    is_xml = not _PICTURE.fullmatch(name)  # a logo in SVG has a DOCTYPE, and nobody reads it
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            seen = tail + chunk
            if is_xml and any(mark in seen for mark in _MARKUP) and _DECLARATIONS.search(seen):
                raise TableError(TableRefusal.WORKBOOK_DECLARES_ENTITIES)
            if not macros and name == "[content_types].xml" and _MACRO_TYPE.search(seen):
                raise TableError(TableRefusal.FILE_HAS_MACROS)
            if name == "meta-inf/manifest.xml" and b"encryption-data" in seen:
                raise TableError(TableRefusal.FILE_ENCRYPTED)
            tail = seen[-_LONGEST_MARK:]
