"""Files that are refused as a whole: what each one is, and the message that its sender reads."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from models.complaints.file import MAX_BYTES
from models.tabular.errors import TableError
from tests.models.complaints.file.books import FIXTURES, HEADINGS, name_entry, read, rezip, table, workbook

GOOD = workbook([HEADINGS, ("RG1", "1", "It rings nowhere.")])
XLS = (FIXTURES / "filled.xls").read_bytes()
ODS = (FIXTURES / "filled.ods").read_bytes()
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def _laughs(part: bytes) -> bytes:
    """Return ten entities, each ten times as long as the one before."""
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"lol")
        for level in range(10)
    )
    return b"<!DOCTYPE x [%s]>" % entities + part.partition(b"?>")[2].replace(b"It rings nowhere.", b"&l9;")


def _external(part: bytes) -> bytes:
    return b'<!DOCTYPE x SYSTEM "file:///dev/zero">' + part.partition(b"?>")[2]


def _lie(archive: bytes) -> bytes:
    """Declare in the directory that the last part is small."""
    content = bytearray(archive)
    struct.pack_into("<I", content, archive.rindex(b"PK\x01\x02") + 24, 1000)
    return bytes(content)


def _encrypted_flag(archive: bytes) -> bytes:
    content = bytearray(archive)
    content[archive.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _overlapping(archive: bytes) -> bytes:
    """Make every part of the directory point to the first one."""
    content = bytearray(archive)
    at = archive.index(b"PK\x01\x02")
    while at != -1:
        struct.pack_into("<I", content, at + 42, 0)
        at = archive.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _macro_sheet(xls: bytes) -> bytes:
    """Turn the first sheet into an Excel 4.0 macro sheet."""
    content = bytearray(xls)
    content[xls.index(struct.pack("<HH", 0x85, 4 + 2 + 2 + len("Reklamationen"))) + 9] = 1
    return bytes(content)


def _looping(xls: bytes) -> bytes:
    """Make the directory's chain of sectors loop back to its start."""
    first = struct.unpack_from("<I", xls, 48)[0]
    table_at = (struct.unpack_from("<I", xls, 76)[0] + 1) * 512
    content = bytearray(xls)
    struct.pack_into("<I", content, table_at + 4 * first, first)
    return bytes(content)


def _archive() -> bytes:
    binary = io.BytesIO()
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("complaints.csv", table(("RG1", "1", "x")))
    return binary.getvalue()


MACROS = "contains macros; save it without them"
ENCRYPTED = "is encrypted; save the table .* without a password"
DAMAGED = "is damaged"
PAYLOAD = "xl/media/payload.xml"
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("macros.xlsx", lambda: rezip(GOOD, add={"xl/vbaProject.bin": b"x"}), MACROS),
    ("macros elsewhere.xlsx", lambda: rezip(GOOD, add={"stuff/VBAPROJECT.BIN": b"x"}), MACROS),
    (
        "type with macros.xlsx",
        lambda: rezip(
            GOOD, change={"[Content_Types].xml": lambda part: part.replace(b"sheet.main", b"x.macroEnabled")}
        ),
        MACROS,
    ),
    ("excel 4 macros.xlsx", lambda: rezip(GOOD, add={"xl/macrosheets/sheet1.xml": b"<x/>"}), MACROS),
    ("activex.xlsx", lambda: rezip(GOOD, add={"xl/activeX/activeX1.xml": b"<x/>"}), MACROS),
    ("ribbon.xlsx", lambda: rezip(GOOD, add={"customUI/customUI.xml": b"<x/>"}), MACROS),
    ("basic.ods", lambda: rezip(ODS, add={"Basic/Standard/Module1.xml": b"<x/>"}), MACROS),
    ("python.ods", lambda: rezip(ODS, add={"Scripts/python/run.py": b"x"}), MACROS),
    ("macros.xls", lambda: name_entry(XLS, "_VBA_PROJECT_CUR", place=1), MACROS),
    ("excel 4 macros.xls", lambda: _macro_sheet(XLS), MACROS),
    (
        "embedded.xlsx",
        lambda: rezip(GOOD, add={"xl/embeddings/oleObject1.bin": b"x"}),
        "contains embedded files",
    ),
    ("embedded.xls", lambda: name_entry(XLS, "MBD0018A", place=1), "contains embedded files"),
    ("nested.xlsx", lambda: rezip(GOOD, add={"xl/42.zip": b"x"}), "contains embedded files"),
    ("password.xlsx", (FIXTURES / "encrypted.xlsx").read_bytes, ENCRYPTED),
    ("password.xls", lambda: XLS.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1), ENCRYPTED),
    (
        "password.ods",
        lambda: rezip(
            ODS, change={"META-INF/manifest.xml": lambda part: part + b"<manifest:encryption-data/>"}
        ),
        ENCRYPTED,
    ),
    ("password of zip.xlsx", lambda: _encrypted_flag(GOOD), ENCRYPTED),
    ("bomb.xlsx", lambda: rezip(GOOD, add={PAYLOAD: b"\0" * (65 * 2**20)}), "unpacks to more than 64 MiB"),
    (
        "ratio.xlsx",
        lambda: rezip(GOOD, add={PAYLOAD: b"\0" * (20 * 2**20)}),
        "unpacks to more than 300 times",
    ),
    ("lying bomb.xlsx", lambda: _lie(rezip(GOOD, add={PAYLOAD: b"\0" * (65 * 2**20)})), DAMAGED),
    ("overlapping.xlsx", lambda: _overlapping(GOOD), DAMAGED),
    (
        "many parts.xlsx",
        lambda: rezip(GOOD, add={f"xl/{at}.xml": b"" for at in range(2000)}),
        "parts, which is too many",
    ),
    ("two of a name.xlsx", lambda: _two_of_a_name(GOOD), "unsafe or repeated names"),
    ("lzma.xlsx", lambda: rezip(GOOD, method=zipfile.ZIP_LZMA), "unsupported compression method"),
    ("slip.xlsx", lambda: rezip(GOOD, add={"../../etc/cron.d/x": b"x"}), "unsafe or repeated names"),
    ("slip.ods", lambda: rezip(ODS, add={"/etc/cron.d/x": b"x"}), "unsafe or repeated names"),
    ("laughs.xlsx", lambda: rezip(GOOD, change={STRINGS: _laughs}), "declares a DTD or entities"),
    (
        "laughs in utf-16.xlsx",
        lambda: rezip(GOOD, change={STRINGS: lambda part: _laughs(part).decode().encode("utf-16")}),
        "DTD",
    ),
    ("external entity.xlsx", lambda: rezip(GOOD, change={SHEET: _external}), "declares a DTD or entities"),
    (
        "external entity.ods",
        lambda: rezip(ODS, change={"content.xml": _external}),
        "declares a DTD or entities",
    ),
    (
        "late declaration.xlsx",
        lambda: rezip(GOOD, change={SHEET: lambda part: b" " * 65_530 + b"<!DOCTYPE x>" + part}),
        "DTD",
    ),
    ("no directory.xlsx", lambda: GOOD[:-30], DAMAGED),
    ("half.xlsx", lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    ("no sheet.xlsx", lambda: rezip(GOOD, without=[SHEET]), DAMAGED),
    (
        "broken xml.xlsx",
        lambda: rezip(GOOD, change={SHEET: lambda part: part[:300]}),
        "no headings|is damaged",
    ),
    ("half.xls", lambda: XLS[:600], DAMAGED),
    ("loop.xls", lambda: _looping(XLS), "cannot be read"),
    ("binary.xlsb", lambda: b"x", "Files of this type are not accepted"),
    (
        "binary workbook.xlsx",
        lambda: rezip(GOOD, add={"xl/workbook.bin": b"x"}, without=["xl/workbook.xml"]),
        "XLSB",
    ),
    (
        "word.xlsx",
        lambda: rezip(GOOD, add={"word/document.xml": b"x"}, without=["xl/workbook.xml"]),
        "a Word document",
    ),
    ("word.xls", lambda: name_entry(XLS, "WordDocument", place=0), "a Word document"),
    (
        "text.ods",
        lambda: rezip(ODS, change={"mimetype": lambda _: b"application/vnd.oasis.opendocument.text"}),
        "not a spreadsheet",
    ),
    ("archive.xlsx", _archive, "is a ZIP archive"),
    ("pdf.csv", lambda: b"%PDF-1.7\n1 0 obj", "a PDF document"),
    ("image.csv", lambda: b"\x89PNG\r\n\x1a\n", "an image"),
    ("photo.csv", lambda: b"\xff\xd8\xff\xe0", "an image"),
    ("program.csv", lambda: b"MZ\x90\x00\x03", "a program"),
    ("packed.csv", lambda: b"\x1f\x8b\x08\x00", "a compressed file"),
    ("page.xls", lambda: b"\r\n <HTML><table><tr><td>Delivery ID", "a web page"),
    ("xml.xls", lambda: b'<?xml version="1.0"?><Workbook/>', "is XML"),
    ("rtf.csv", lambda: b"{\\rtf1 x}", "a text document"),
    ("json.csv", lambda: b'{"deliveryId": "RG1", "reason": 1}', "no known headings"),
    ("old.xls", lambda: b"\x09\x08\x08\x00\x00\x05\x10\x00", "a very old version of Excel"),
    ("empty.csv", lambda: b"", "is empty"),
    ("noise.csv", lambda: bytes(range(256)) * 4, "not a table in a supported format"),
    ("large.csv", lambda: b"x" * (MAX_BYTES + 1), "larger than 10 MiB"),
    ("headings only.csv", lambda: table().encode(), "No row is filled in"),
    ("table.csv.exe", lambda: table(("RG1", "1", "x")).encode(), "Files of this type are not accepted"),
    ("table.hta", lambda: table(("RG1", "1", "x")).encode(), "Files of this type are not accepted"),
    ("table.xlsm", lambda: GOOD, "A file of this type can contain macros"),
]


def _two_of_a_name(archive: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return rezip(archive, add={"xl/workbook.xml": b"<x/>"})


@pytest.mark.parametrize(("name", "make", "message"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_each_file_is_refused_with_its_message(name: str, make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(TableError, match=message) as caught:
        read(make(), name)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "name", ["complaints.CSV", "complaints.txt", "complaints", "blob", "Mai 2026.tsv", "a.xls"]
)
def test_the_name_of_a_good_file_does_not_matter(name: str) -> None:
    assert len(read(table(("RG1", "1", "x")), name).rows) == 1
    assert len(read(GOOD, name).rows) == 1


def test_what_office_programs_add_is_not_taken_for_a_macro() -> None:
    for extra in (
        "xl/printerSettings/printerSettings1.bin",
        "xl/externalLinks/externalLink1.xml",
        "customXml/item1.xml",
    ):
        assert len(read(rezip(GOOD, add={extra: b"<x/>"})).rows) == 1
    for extra in (
        "Basic/script-lc.xml",
        "Basic/Standard/script-lb.xml",
        "Thumbnails/thumbnail.png",
        "Configurations2/x/",
    ):
        assert len(read(rezip(ODS, add={extra: b"<!-- x -->"})).rows) == 4
