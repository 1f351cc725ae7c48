"""What a vendor does about faulty contacts: by hand and by file."""

import io
import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import select_row, tab_until
from tests.support.demo_server import DemoServer
from tests.support.spreadsheets import xlsx

Window = Callable[..., BrowserContext]


def received(server: DemoServer, name: str, title: str) -> Planted:
    """Let Vera receive a contact: Petra accepts her application."""
    prospect = Person(server.address, "prospect")
    lead = prospect.publish(name, f"{title} {uuid4().hex[:6]}")
    Person(server.address, "vendor").apply(lead.lead_id)
    prospect.accept(lead.lead_id)
    return lead


def choose(page: Page, server: DemoServer, lead: Planted) -> None:
    """Choose a contact by keyboard and begin a complaint about it."""
    sign_in(page, server.address, "vendor", "/contacts")
    settle(page)
    expect(page.get_by_role("button", name="Complain", exact=True)).to_be_disabled()
    expect(page.get_by_text("Choose the faulty contacts first.")).to_be_visible()
    select_row(page.get_by_role("checkbox", name=f"Choose: {lead.title}"))
    link = page.get_by_role("link", name="Complain about 1 contact")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="New complaint").wait_for()
    settle(page)


def test_a_complaint_by_hand_says_whether_it_would_succeed_before_it_is_filed(
    server: DemoServer, window: Window
) -> None:
    lead = received(server, "Hildebrand", "A bench for a station")
    page = window().new_page()
    choose(page, server, lead)
    expect(page.get_by_role("button", name="File the complaint")).to_be_disabled()
    page.get_by_role("button", name="Reason").click()
    page.get_by_role("option", name="Nobody answers").click()
    page.get_by_label("What happened").fill("I have called on three days and nobody has answered.")
    page.reload()
    expect(page.get_by_label("What happened")).to_have_value(re.compile("three days"))
    tab_until(page.get_by_role("button", name="Would it succeed?"))
    page.keyboard.press("Enter")
    preview = page.get_by_role("region", name="Would it succeed?")
    expect(preview).to_contain_text("Rejected")
    preview.get_by_role("button", name="Why?").click()
    expect(preview).to_contain_text("Policy ")
    check(page)
    tab_until(page.get_by_role("button", name="File the complaint"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Complaint .* is filed")).first).to_be_visible()
    page.get_by_role("link", name="Open the complaint").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Complaint "))
    row = page.get_by_role("region", name=f"1. {lead.title}")
    expect(row).to_contain_text("Rejected")
    expect(row).to_contain_text("I have called on three days")
    page.get_by_role("textbox", name="Message").fill("Please look again.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("list", name="Messages with the operator")).to_contain_text("Please look again.")
    settle(page)
    check(page)
    page.set_viewport_size({"width": NARROW, "height": 900})
    check(page)


def test_a_complaint_by_file_shows_the_rows_that_could_not_be_filed(
    server: DemoServer, window: Window
) -> None:
    lead = received(server, "Irmgard", "A kiosk for a zoo")
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "vendor", "/complaints/new")
    upload = page.get_by_role("button", name="Upload and file")
    expect(upload).to_be_disabled()
    expect(page.get_by_text("Choose a file first.")).to_be_visible()
    page.get_by_role("button", name="Make a template").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download ")).click()
    filled = fill(download.value.path().read_bytes(), lead)
    page.locator("input[type=file]").set_input_files(
        {"name": "faulty.xlsx", "mimeType": "application/octet-stream", "buffer": filled}
    )
    expect(page.get_by_text("faulty.xlsx")).to_be_visible()
    upload.click()
    expect(page.get_by_text(re.compile("Complaint .* is filed")).first).to_be_visible()
    expect(page.get_by_text("Not filed: 1 row")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Row \d+:"))).to_have_count(1)
    check(page)


def test_an_answer_file_is_listed_first_and_can_be_downloaded(server: DemoServer, window: Window) -> None:
    lead = received(server, "Korbinian", "A pavilion for a park")
    page = window().new_page()
    choose(page, server, lead)
    page.get_by_role("button", name="Reason").click()
    page.get_by_role("option", name="Nobody answers").click()
    page.get_by_label("What happened").fill("I have called on three days and nobody has answered.")
    page.get_by_role("button", name="File the complaint").click()
    expect(page.get_by_text(re.compile("Complaint .* is filed")).first).to_be_visible()
    page.goto(f"{server.address}/console/files")
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Added by the administrator")
    settle(page)
    check(page)
    with page.expect_download() as download:
        row.get_by_role("button", name=re.compile("Download")).click()
    assert len(download.value.path().read_bytes()) > 0


def test_a_file_that_cannot_be_read_is_refused_in_words(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/complaints/new")
    page.locator("input[type=file]").set_input_files(
        {"name": "nothing.xlsx", "mimeType": "application/octet-stream", "buffer": b"not a table"}
    )
    page.get_by_role("button", name="Upload and file").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("nothing.xlsx")).to_be_visible()


def fill(template: bytes, lead: Planted) -> bytes:
    """Complete the row of a lead, and add one of a delivery that does not exist."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    rows = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    titles = rows[0]
    own = next(row for row in rows if lead.contact["email"] in row)
    unknown = ["" for _ in titles]
    for row, delivery in ((own, own[titles.index("Delivery ID")]), (unknown, "nothing")):
        row[titles.index("Delivery ID")] = delivery
        row[titles.index("Reason")] = "Nobody answers"
        row[titles.index("Explanation")] = "I have called on three days."
    return xlsx({"Complaint": [titles, own, unknown]})
