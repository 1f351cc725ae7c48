"""Owns which encoding a file of leads is in, and the refusal of what is no text.

It must not hold more than one chunk of the file.
"""

import codecs
from collections.abc import Callable
from typing import IO, Literal

Encoding = Literal["utf-8-sig", "utf-8", "cp1252"]
_CHUNK_BYTES = 64 * 1024
_OTHER_KINDS = {
    b"PK\x03\x04": "an Excel workbook or ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    codecs.BOM_UTF16_LE: "UTF-16 or UTF-32",
    codecs.BOM_UTF16_BE: "UTF-16 or UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
}
# All bytes that Windows-1252 gives a character; five have none.
_CP1252 = bytes(set(range(256)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D})


class LeadFileError(ValueError):
    """The file as a whole cannot be read; the message says why and what helps."""


def find_encoding(stream: IO[bytes], max_bytes: int) -> tuple[Encoding, int]:
    """Return the encoding that fits every byte of `stream` (seekable), and its size in bytes.

    Every byte is read, in chunks: a single umlaut in the last row of a large file tells Windows-1252 from
    UTF-8. Raises LeadFileError for what is neither, for files larger than `max_bytes` and empty ones.
    """
    stream.seek(0)
    decode: Callable[[bytes, bool], str] = codecs.getincrementaldecoder("utf-8")("strict").decode
    size, is_utf8, is_cp1252, has_mark = 0, True, True, False
    while chunk := stream.read(_CHUNK_BYTES):
        if size == 0:
            _refuse_other_kinds(chunk)
            has_mark = chunk.startswith(codecs.BOM_UTF8)
        size += len(chunk)
        if size > max_bytes:
            raise LeadFileError(f"The file is larger than {max_bytes // 2**20} MiB; split it.")
        if b"\x00" in chunk:
            raise LeadFileError("The file has NUL bytes, which no text has; save it as CSV in UTF-8.")
        is_utf8 = is_utf8 and _decodes(decode, chunk)
        is_cp1252 = is_cp1252 and not chunk.translate(None, _CP1252)
    is_utf8 = is_utf8 and _decodes(decode, b"", final=True)
    if size == 0:
        raise LeadFileError("The file is empty; it needs a header and rows.")
    if is_utf8:
        return ("utf-8-sig" if has_mark else "utf-8"), size
    if has_mark or not is_cp1252:
        raise LeadFileError("The file is neither UTF-8 nor Windows-1252; save it as CSV in UTF-8.")
    return "cp1252", size


def _decodes(decode: Callable[[bytes, bool], str], chunk: bytes, *, final: bool = False) -> bool:
    try:
        decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_kinds(chunk: bytes) -> None:
    for mark, kind in _OTHER_KINDS.items():
        if chunk.startswith(mark):
            raise LeadFileError(f"The file is {kind}; save it as CSV in UTF-8.")
