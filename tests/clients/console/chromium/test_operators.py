"""What operators do: they decide complaints by keyboard, and see why messages were sent."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.clients.console.chromium.api import ACCOUNT, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def complaint(server: DemoServer, *names: str) -> str:
    """Have the demo's vendor complain about one lead for each name; returns the complaint's number."""
    prospect, operator = Person(server.address, "prospect"), Person(server.address, "operator")
    vendor = Person(server.address, "vendor")
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    leads = [prospect.publish(name, f"A website for {name}").lead_id for name in names]
    return vendor.complain(*(operator.deliver(lead, account) for lead in leads))


def open_complaint(page: Page, number: str) -> None:
    """Open a complaint of the queue."""
    page.get_by_role("row").filter(has_text=number).click()
    page.get_by_role("heading", level=1, name=number).wait_for()
    settle(page)


def test_an_operator_decides_the_next_complaint_with_four_keys(server: DemoServer, window: Window) -> None:
    """Enter opens it, A accepts, Ctrl+Enter decides: the row that waits has the focus."""
    number = complaint(server, "Isolde")
    page = window().new_page()
    sign_in(page, server.address, "operator", f"/complaints?number={number}")
    settle(page)
    following = page.get_by_role("link", name=f"Next: {number}")
    expect(following).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=number).wait_for()
    expect(page.get_by_role("button", name="1. Number of another person")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Comment to the vendor")).to_be_focused()
    page.keyboard.type(" Please call again.")
    expect(page.get_by_label("Comment to the vendor")).to_have_value(re.compile(r"\w\. Please call again\.$"))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Decided: Accepted")).to_be_visible()
    expect(page.get_by_text("A verdict is final")).to_be_visible()
    expect(page.get_by_text("A accepts, R rejects")).to_have_count(0)


def test_a_look_at_the_contact_says_that_it_is_logged_before_it_is_shown(
    server: DemoServer, window: Window
) -> None:
    number = complaint(server, "Kunigunde")
    page = window().new_page()
    sign_in(page, server.address, "operator", "/complaints")
    open_complaint(page, number)
    expect(page.get_by_text("Each look at contact data is logged")).to_be_visible()
    assert "kunigunde.zwetschkenbaum" not in page.content()
    page.get_by_role("button", name="Show the contact").click()
    expect(page.get_by_text("kunigunde.zwetschkenbaum@planted.example")).to_be_visible()
    expect(page.get_by_text("This look has been logged.")).to_be_visible()


def test_all_rows_are_rejected_after_a_summary_in_points(server: DemoServer, window: Window) -> None:
    number = complaint(server, "Lambert", "Mathilde")
    page = window().new_page()
    sign_in(page, server.address, "operator", "/complaints")
    open_complaint(page, number)
    page.get_by_role("button", name="Accept all").click()
    asked = page.get_by_role("alertdialog", name="Accept all")
    expect(asked).to_contain_text("20 points")
    asked.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Reject all").click()
    page.get_by_role("alertdialog", name="Reject all").get_by_role("button", name="Reject all").click()
    expect(page.get_by_role("button", name=re.compile("Number of another person")).first).to_contain_text(
        "Rejected"
    )
    expect(page.get_by_role("button", name=re.compile("Number of another person")).last).to_contain_text(
        "Rejected"
    )


def test_a_decision_needs_a_verdict_and_a_comment(server: DemoServer, window: Window) -> None:
    """The button says why it cannot be used, and what is typed survives a reload."""
    number = complaint(server, "Notburga")
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "operator", "/complaints")
    open_complaint(page, number)
    check(page)
    decide = page.get_by_role("button", name="Decide", exact=True)
    expect(decide).to_be_disabled()
    expect(page.get_by_text("Accept or reject first")).to_be_visible()
    page.get_by_role("button", name="Reject", exact=True).click()
    comment = page.get_by_label("Comment to the vendor")
    comment.fill("")
    decide.click()
    expect(comment).to_have_attribute("aria-invalid", "true")
    comment.fill("They asked for a website.")
    page.reload()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(comment).to_have_value("They asked for a website.")
    comment.fill("")


def test_a_message_shows_why_it_was_sent_and_what_it_says(server: DemoServer, window: Window) -> None:
    complaint(server, "Ottheinrich")
    server.expand_messages()
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "operator", "/outbox")
    settle(page)
    page.get_by_role("row").nth(1).click()
    page.get_by_role("heading", name="Why it is sent, or not").wait_for()
    settle(page)
    check(page)
    expect(page.get_by_role("button", name="Why?").first).to_be_visible()
    expect(
        page.get_by_role("heading", name="What you can do").or_(page.get_by_text("Did it arrive?")).first
    ).to_be_visible()


def test_the_numbers_of_fairness_add_up_in_the_plot_and_beside_it(server: DemoServer, window: Window) -> None:
    complaint(server, "Pankraz")
    page = window().new_page()
    sign_in(page, server.address, "operator", "/fairness?by=REASON")
    page.get_by_role("heading", name="Rows filed: Reason").wait_for()
    bars = page.get_by_role("table", name="Rows filed: Reason").get_by_role("row").all_inner_texts()
    rows = page.get_by_role("grid", name="Numbers").get_by_role("row").all()[1:]
    filed = [int(row.get_by_role("gridcell").nth(0).inner_text().split()[-1]) for row in rows]
    assert [int(bar.split()[-1]) for bar in bars] == filed
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    assert saved.value.suggested_filename == "fairness-reason.csv"


def test_points_are_booked_after_being_asked_once_more(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/accounts")
    settle(page)
    page.get_by_role("row").filter(has_text="Lindqvist").click()
    page.get_by_role("heading", name="Ledger").wait_for()
    settle(page)
    tab_until(page.get_by_role("textbox", name="Points"))
    page.keyboard.type("7")
    page.get_by_role("button", name="Book points").click()
    asked = page.get_by_role("alertdialog", name="Book points")
    expect(asked).to_contain_text("7 points")
    asked.get_by_role("button", name="Book points").click()
    expect(page.get_by_role("grid", name="Ledger").get_by_role("row").nth(1)).to_contain_text("+7")
