"""Workbooks and archives for the tests: plain ones, filled templates, and ways to corrupt them."""

import asyncio
import csv
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from models.complaints.file import FilledFile, TemplateRow, read_filled_file
from rules.visibility import DeliveryKind

# filled.xls was written by xlwt, filled.ods by odfpy, encrypted.xlsx (password "secret") by msoffcrypto-tool.
FIXTURES = Path(__file__).parents[3] / "data" / "complaints"
HEADINGS = ("Delivery ID", "Reason", "Explanation")

DELIVERIES = (
    TemplateRow(
        "RGVsaXZlcnk6MQ==",
        "Dachsanierung in Köln",
        DeliveryKind.LEAD_CLUB,
        "2. Mai 2026, 10:00",
        "2. Juni 2026, 00:00",
        "Jürgen Żółć-Ștefănescu",
        "Müller & Söhne <GmbH>",
        "+491701234567",
        "j@example.com",
    ),
    TemplateRow("RGVsaXZlcnk6Mg==", "Roof; -20%", DeliveryKind.RECORD, "1", "2", "@Ann"),
    TemplateRow("RGVsaXZlcnk6Mw==", "Okna", DeliveryKind.APPLICATION, "1", "2", "Ewa"),
)


def workbook(rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return an XLSX with shared strings, as other programs write it."""
    binary = io.BytesIO()
    with xlsxwriter.Workbook(binary) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                else:
                    sheet.write_number(at, column, cell)
    return binary.getvalue()


def far_book(row: int, column: int) -> bytes:
    """Return a workbook with one claim and a cell far away from it, at zero-based numbers."""
    binary = io.BytesIO()
    with xlsxwriter.Workbook(binary) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate((HEADINGS, ("RG1", "1", "x"))):
            sheet.write_row(at, 0, cells)
        sheet.write_string(row, column, "here")
    return binary.getvalue()


def table(*rows: Sequence[str], delimiter: str = ",", headings: Sequence[str] = HEADINGS) -> str:
    """Return CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue()


def read(content: bytes | str, name: str = "complaints.csv") -> FilledFile:
    """Read a file; text is encoded as UTF-8."""
    return asyncio.run(read_filled_file(content.encode() if isinstance(content, str) else content, name))


def rezip(
    content: bytes,
    *,
    add: Mapping[str, bytes] | None = None,
    change: Mapping[str, Callable[[bytes], bytes]] | None = None,
    without: Sequence[str] = (),
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return an archive with some parts added, changed or omitted."""
    binary = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(binary, "w", method) as new:
        for name in old.namelist():
            if name not in without:
                part = old.read(name)
                new.writestr(name, change[name](part) if change and name in change else part)
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return binary.getvalue()


def fill_xlsx(template: bytes, filled: Mapping[int, tuple[str, str]]) -> bytes:
    """Write reasons and explanations into the rows of a template, as a person would."""

    def fill(sheet: bytes) -> bytes:
        text = sheet.decode()
        for row, cells in filled.items():
            start = text.index(f'<row r="{row}"')
            end = text.index("</row>", start)
            new = "".join(
                f'<c r="{column}{row}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                for column, cell in zip("JK", cells, strict=True)
            )
            text = text[:end] + new + text[end:]
        return text.encode()

    return rezip(template, change={"xl/worksheets/sheet1.xml": fill})


def fill_csv(template: bytes, filled: Mapping[int, tuple[str, str]], delimiter: str) -> str:
    """Write reasons and explanations into the rows of a template."""
    rows = list(csv.reader(io.StringIO(template.decode("utf-8-sig")), delimiter=delimiter))
    for row, cells in filled.items():
        rows[row - 1][-2:] = cells
    return table(*rows[1:], headings=rows[0], delimiter=delimiter)


def name_entry(xls: bytes, name: str, *, place: int) -> bytes:
    """Rename an entry of an XLS's directory; place 0 is the workbook, 1 a new entry next to it."""
    at = xls.index("Workbook".encode("utf-16-le")) + 128 * place
    encoded = name.encode("utf-16-le")
    content = bytearray(xls)
    content[at : at + 64] = encoded.ljust(64, b"\x00")
    struct.pack_into("<H", content, at + 64, len(encoded) + 2)
    if place:
        content[at + 66] = 1  # a storage
        struct.pack_into("<III", content, at + 68, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
        struct.pack_into("<I", content, at - 128 * place + 72, 1 + place)  # the workbook's right sibling
    return bytes(content)
