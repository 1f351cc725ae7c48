"""Uploads: by bytes that were sent, done once if a connection is lost, refused in the server's words."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.clients.console.chromium.api import ACCOUNT, NUMBERS, Person
from tests.clients.console.chromium.browser import PATIENCE_MS, check, settle, sign_in
from tests.clients.console.chromium.files import (
    complaints,
    drop,
    encrypted,
    headings_of,
    let_go,
    table,
    with_macros,
)
from tests.clients.console.chromium.keys import press
from tests.clients.console.chromium.test_complaints import choose, fill, received
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
KEY = re.compile(rb'"idempotencyKey":\s*"([^"]+)"')


def template(page: Page) -> bytes:
    """Have the page make a template, and download it."""
    page.get_by_role("button", name="Make a template").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download ")).click()
    return download.value.path().read_bytes()


class Line:
    """Loses the connection of the first upload: before the server gets it, or before its answer arrives."""

    def __init__(self, page: Page, *, after: bool) -> None:
        """Stand between a page and the server."""
        self.keys: list[bytes] = []
        self._after = after
        page.route("**/graphql", self._pass_on)

    def _pass_on(self, route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if b"form-data" not in body:
            route.continue_()
            return
        found = KEY.search(body)
        self.keys.append(found[1] if found else b"")
        if len(self.keys) > 1:
            route.continue_()
            return
        if self._after:
            route.fetch()
        route.abort("connectionreset")


@pytest.mark.parametrize(
    "after", [False, True], ids=["before the server has it", "before the answer is there"]
)
def test_an_upload_whose_connection_is_lost_is_repeated_with_its_key_and_done_once(
    after: bool, server: DemoServer, window: Window
) -> None:
    vendor = Person(server.address, "vendor")
    lead = received(server, "Sieghard" if after else "Sieglinde", "A counter for a pharmacy")
    page = window(calm=False).new_page()
    sign_in(page, server.address, "vendor", "/complaints/new")
    content = fill(template(page), lead)
    before = len(vendor.run(NUMBERS)["complaints"]["nodes"])
    line = Line(page, after=after)
    drop(page, "faulty.xlsx", content)
    page.get_by_role("button", name="Upload and file").click()
    expect(page.get_by_text(re.compile("Complaint .* is filed")).first).to_be_visible()
    assert len(line.keys) == 2
    assert line.keys[0] == line.keys[1] != b""
    assert len(vendor.run(NUMBERS)["complaints"]["nodes"]) == before + 1


def test_the_bar_shows_the_bytes_that_were_sent(server: DemoServer, window: Window) -> None:
    page = window(calm=False).new_page()
    sign_in(page, server.address, "vendor", "/complaints/new")
    settle(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    drop(page, "long.csv", b"Delivery ID;Reason;Explanation\n" + b"x;1;because\n" * 150_000)
    page.get_by_role("button", name="Upload and file").click()
    bar = page.get_by_role("progressbar", name="Upload")
    expect(bar).to_have_attribute("max", re.compile(r"^1800\d{3}$"))
    expect(bar).to_have_attribute("value", re.compile(r"^\d{5,7}$"))
    expect(page.get_by_text(re.compile(r"^(\d+ kB|1(\.\d)? MB) of 1\.8 MB sent$"))).to_be_visible()
    expect(page.get_by_role("alert").first).to_be_visible(timeout=PATIENCE_MS)  # the server's answer
    expect(bar).to_have_count(0)


def test_a_file_that_is_refused_leaves_everything_as_it_was(server: DemoServer, window: Window) -> None:
    """The server's words are shown; the file, the choice of contacts and what was written about them stay."""
    lead = received(server, "Roswitha", "A sign for a forge")
    page = window(calm=False).new_page()
    choose(page, server, lead)
    page.get_by_role("button", name="Reason").click()
    page.get_by_role("option", name="Nobody answers").click()
    page.get_by_label("What happened").fill("Nobody has answered on three days.")
    headings = headings_of(template(page))
    good = complaints(headings, 1)
    refused = {
        "20 MB.xlsx": (b"PK\x03\x04" + b"\0" * 20_000_000, r"10000000 bytes"),
        "encrypted.xlsx": (encrypted(), "encrypted"),
        "macros.xlsx": (with_macros(good), "macros"),
        "another.xlsx": (table([["Colour", "Size"], ["red", "large"]]), "column|template|heading"),
        "10,001 rows.xlsx": (complaints(headings, 10_001), r"10000 filled rows"),
    }
    for name, (content, said) in refused.items():
        drop(page, name, content)
        expect(page.get_by_text(name, exact=True)).to_be_visible()
        page.get_by_role("button", name="Upload and file").click()
        expect(page.get_by_role("alert").filter(has_text=re.compile(said))).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text(name, exact=True)).to_be_visible()
        expect(page.get_by_label("What happened")).to_have_value(re.compile("three days"))
        expect(page.get_by_text(lead.title).first).to_be_visible()
    check(page)
    page.reload()
    expect(page.get_by_label("What happened")).to_have_value(re.compile("three days"))


def test_the_time_to_complain_that_ends_while_the_form_is_open_is_said_before_sending(
    server: DemoServer, window: Window
) -> None:
    prospect, operator = Person(server.address, "prospect"), Person(server.address, "operator")
    account = Person(server.address, "vendor").run(ACCOUNT)["viewer"]["account"]["id"]
    first, second = (prospect.publish(name, f"A roof for {name}") for name in ("Walburga", "Wendelin"))
    deliveries = [operator.deliver(lead.lead_id, account) for lead in (first, second)]
    soon = (datetime.now(UTC) + timedelta(seconds=6)).isoformat()

    def shorten(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        for node in body["data"].get("nodes") or []:
            if node["id"] == deliveries[0]:
                node["complaintUntil"] = soon
        route.fulfill(response=response, body=json.dumps(body))

    page = window().new_page()
    page.route("**/graphql", shorten)
    sign_in(page, server.address, "vendor", f"/complaints/new?deliveries={','.join(deliveries)}")
    ending, other = (page.get_by_role("region", name=lead.title) for lead in (first, second))
    other.get_by_label("What happened").fill("It rings nowhere.")
    expect(ending.get_by_role("alert")).to_contain_text(
        "The time to complain about this contact is over", timeout=PATIENCE_MS
    )
    expect(other.get_by_role("alert")).to_have_count(0)
    settle(page)
    check(page)
    ending.get_by_role("button", name="Leave this contact out").click()
    expect(ending).to_have_count(0)
    expect(other.get_by_label("What happened")).to_have_value("It rings nowhere.")


def test_a_file_is_dropped_on_its_place_or_anywhere_on_the_page(
    server: DemoServer, window: Window, tmp_path: Path
) -> None:
    """Beside the place, a browser would open the file and leave the page."""
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    for file in (first, other):
        file.write_bytes(b"Delivery ID;Reason;Explanation\nx;1;because\n")
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/complaints/new")
    settle(page)
    let_go(page.get_by_text("Drop the completed file here"), first)
    expect(page.get_by_text("first.csv", exact=True)).to_be_visible()
    let_go(page.get_by_role("heading", level=1), other)
    expect(page.get_by_text("other.csv", exact=True)).to_be_visible()
    expect(page.get_by_text("first.csv")).to_have_count(0)
    page.get_by_role("button", name="Upload and file").click()
    expect(page.get_by_text("Not filed: 1 row")).to_be_visible()

    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads/import")
    settle(page)
    let_go(page.get_by_role("heading", level=1), first)
    expect(page.get_by_text("first.csv", exact=True)).to_be_visible()


def test_a_file_is_chosen_by_keyboard(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads/import")
    settle(page)
    with page.expect_file_chooser() as chooser:
        press(page.get_by_role("button", name="Choose a file"))
    chooser.value.set_files({"name": "leads.csv", "mimeType": "text/csv", "buffer": b"Full name;Email\n"})
    expect(page.get_by_text("leads.csv", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Choose another file")).to_be_focused()
