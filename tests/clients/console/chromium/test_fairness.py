"""The numbers of fairness in a period, on the page and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.browser import check, settle, sign_in
from tests.clients.console.chromium.test_operators import complaint
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def test_only_what_was_filed_in_the_period_is_counted_and_saved(server: DemoServer, window: Window) -> None:
    complaint(server, "Sixtus")
    today = datetime.now(UTC).date()
    week, month = (str(today - timedelta(days)) for days in (7, 30))
    page = window().new_page()
    sign_in(page, server.address, "operator", f"/fairness?by=REASON&from={month}&until={week}")
    expect(page.get_by_text("No complaints in this period")).to_be_visible()
    page.get_by_label("Filed until").fill(str(today + timedelta(1)))
    rows = page.get_by_role("grid", name="Numbers").get_by_role("row")
    expect(rows.filter(has_text="Number of another person")).to_be_visible()
    settle(page)
    check(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    assert saved.value.suggested_filename == f"fairness-reason-{month}-{today + timedelta(1)}.csv"
    text = saved.value.path().read_text(encoding="utf-8-sig")
    header, *found = list(csv.reader(io.StringIO(text)))
    assert header == [
        "Reason",
        "Filed",
        "Accepted",
        "Rejected",
        "Waiting",
        "No consent",
        "Overruled",
        "Accepted share (%)",
        "Median days",
    ]
    assert next(row for row in found if row[0] == "Number of another person")[1] != "0"
