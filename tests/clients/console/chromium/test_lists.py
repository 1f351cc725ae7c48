"""Lists that have grown long."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.browser import NARROW, WIDE, check, settle, sign_in
from tests.clients.console.chromium.events import credit
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

ROWS = 130  # more than the API returns at once
MANY = 1_000


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


# Cards that are far from what is seen are not laid out: their content has no boxes.
_LAID_OUT = """() => [...document.querySelectorAll("[role=row] [role=rowheader]")].filter(
  ({ firstElementChild: title }) => title?.checkVisibility({ contentVisibilityAuto: true })
).length"""


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_list_of_a_thousand_rows_is_used_to_its_end(
    width: int, own_server: DemoServer, window: Window
) -> None:
    """By mouse and by keyboard; on a phone, cards that are not seen are not laid out."""
    credit(own_server, "rival", *range(10_001, 10_001 + MANY))
    page = window(width=width).new_page()
    sign_in(page, own_server.address, "rival", "/notices")
    settle(page)
    rows = page.get_by_role("row")
    more = page.get_by_role("button", name="Show more")
    while (shown := rows.count()) <= MANY:
        more.click()
        expect(rows).not_to_have_count(shown)
    laid_out = page.evaluate(_LAID_OUT)
    assert laid_out < MANY / 4 if width == NARROW else laid_out >= MANY
    first = rows.filter(has_text="10,001 points credited")
    first.scroll_into_view_if_needed()
    expect(first).to_be_in_viewport()

    tab_until(rows.nth(1))
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Control+End")
    last = rows.nth(shown - 1)
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(rows.nth(shown - 2)).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_be_in_viewport()
