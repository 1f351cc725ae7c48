"""Lists that have grown long."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.browser import check, settle, sign_in
from tests.clients.console.chromium.events import credit
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

ROWS = 130  # more than the API returns at once


def test_loaded_rows_stay_when_a_new_one_appears(own_server: DemoServer, window: Window) -> None:
    credit(own_server, "rival", *range(1, ROWS + 1))
    page = window().new_page()
    sign_in(page, own_server.address, "rival", "/notices")
    settle(page)
    rows = page.get_by_role("row")
    more = page.get_by_role("button", name="Show more")
    while (shown := rows.count()) <= ROWS:
        more.click()
        expect(rows).not_to_have_count(shown)
    expect(rows.filter(has_text="1 point credited").first).to_be_visible()
    shown = rows.count()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    before = page.evaluate("window.scrollY")
    credit(own_server, "rival", 7_777)
    expect(rows.nth(1)).to_contain_text("7,777 points credited")
    expect(rows.nth(2)).to_contain_text("130 points credited")
    expect(rows.nth(shown - 1)).to_be_visible()
    assert page.evaluate("window.scrollY") >= before
    check(page)
