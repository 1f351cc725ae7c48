"""Files that users drop into the console: good ones, and those that the server refuses as a whole."""

import io
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page
from python_calamine import CalamineWorkbook

from tests.models.complaints.file.books import FIXTURES, rezip
from tests.support.spreadsheets import Rows, xlsx

ANYTHING = "application/octet-stream"


def let_go(place: Locator, file: Path) -> None:
    """Hold a file of this machine over an element, and let it go."""
    box = place.bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    devices = place.page.context.new_cdp_session(place.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        devices.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})


def drop(page: Page, name: str, content: bytes) -> None:
    """Choose a file in the page's only place for one."""
    file: FilePayload = {"name": name, "mimeType": ANYTHING, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def table(rows: Rows) -> bytes:
    """Return an XLSX with one sheet."""
    return xlsx({"Leads": rows})


def headings_of(template: bytes) -> list[str]:
    """Return the first row of a template of complaints."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    return [str(cell) for cell in book.get_sheet_by_index(0).to_python()[0]]


def complaints(headings: Sequence[str], count: int, delivery: str = "nothing") -> bytes:
    """Return a template with this many completed rows, all about the same delivery."""
    row = [""] * len(headings)
    given = {"Delivery ID": delivery, "Reason": "Nobody answers", "Explanation": "I called on three days."}
    for name, value in given.items():
        row[headings.index(name)] = value
    return xlsx({"Complaint": [headings, *([row] * count)]})


def with_macros(workbook: bytes) -> bytes:
    """Return a workbook with a part of macros."""
    return rezip(workbook, add={"xl/vbaProject.bin": b"never run"})


def encrypted() -> bytes:
    """Return a workbook that was saved with a password."""
    return (FIXTURES / "encrypted.xlsx").read_bytes()
