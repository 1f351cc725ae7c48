"""The log of decisions: found by filters, explained, and tried with other facts."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.clients.console.chromium.api import ACCOUNT, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
WAITED = "Receipt of the application (time since)"


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by keyboard."""
    tab_until(page.get_by_role("button", name=re.compile(rf"{label}$")))
    page.keyboard.press("Enter")
    page.get_by_role("option", name=option, exact=True).wait_for()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


def test_an_operator_finds_a_decision_and_sees_another_verdict_with_another_fact(
    server: DemoServer, window: Window
) -> None:
    """By keyboard: Vera's refund, because Petra withdrew; had she accepted, the fee would be due."""
    prospect, title = Person(server.address, "prospect"), f"A lectern for a choir {uuid4().hex[:6]}"
    lead = prospect.publish("Walpurga", title)
    Person(server.address, "vendor").apply(lead.lead_id)
    prospect.accept(lead.lead_id)
    prospect.decline(lead.lead_id)
    page = window().new_page()
    sign_in(page, server.address, "operator", "/decisions")
    settle(page)
    choose(page, "About", "Refund")
    expect(page).to_have_url(re.compile("ruleset=refund"))
    rows = page.get_by_role("row")
    own = rows.filter(has_text=title)
    expect(own).to_have_count(1)
    expect(rows.filter(has_text="Contact data")).to_have_count(0)  # those of another ruleset
    tab_until(rows.nth(1))
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Home")
    expect(own).to_be_focused()  # the newest is the first
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Refund").wait_for()
    why = page.get_by_role("region", name="Why")
    expect(why).to_contain_text("The prospect withdrew their acceptance")
    expect(why).to_contain_text("withdrawn_before_meeting")
    expect(why).to_contain_text("S1 R.answers")
    expect(page.get_by_role("region", name="What it caused")).to_contain_text("+10 points")
    others = page.get_by_role("region", name="Rules that did not apply")
    expect(others).to_contain_text("Answer of the prospect: Accepted")
    expect(others).not_to_contain_text(re.compile("==|[a-z]_[a-z]"))
    tried = page.get_by_role("region", name="What if?")
    expect(tried).to_contain_text("Nothing is changed yet.")
    choose(page, "Answer of the prospect", "Accepted")
    expect(tried).to_contain_text("Another verdict")
    expect(tried).to_contain_text("The prospect accepted; the fee is due.")
    expect(tried).to_contain_text("Not refundable")
    tried.get_by_role("button", name="Back to the recorded facts").click()
    expect(tried).to_contain_text("Nothing is changed yet.")


def test_until_when_a_verdict_holds_is_shown_beside_the_recorded_one(
    server: DemoServer, window: Window
) -> None:
    """Without an answer, the contact opens by itself when the time to answer is over."""
    page = window().new_page()
    sign_in(page, server.address, "operator", "/decisions?ruleset=visibility&rule=prospect_accepted")
    page.get_by_role("row").filter(has_text="A stand for a trade fair").click()
    tried = page.get_by_role("region", name="What if?")
    expect(tried.get_by_text("Contact open")).to_have_count(1)
    tried.get_by_role("button", name=re.compile("Answer of the prospect$")).click()
    page.get_by_role("option", name="None yet").click()
    expect(tried).to_contain_text("Contact hidden")
    expect(tried).to_contain_text("Changes in")
    tried.get_by_label(WAITED, exact=True).fill("50")
    tried.get_by_label(f"{WAITED}: Unit").select_option("hours")
    expect(tried).to_contain_text("Does not change by itself.")
    expect(tried).to_contain_text("The same verdict")
    tried.get_by_label(WAITED, exact=True).fill("a while")
    expect(tried).to_contain_text("These facts cannot be decided.")


def test_filters_of_the_log_are_in_the_address_and_lead_from_a_decision_to_its_case(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "operator", "/decisions?verdict=REFUNDABLE")
    settle(page)
    check(page)
    page.get_by_role("row").filter(has_text="Aprons for eleven people").click()
    page.get_by_role("link", name="All decisions about this case").click()
    expect(page.get_by_role("button", name="Only about: Aprons for eleven people")).to_be_visible()
    found = page.get_by_role("row").filter(has_text="Aprons for eleven people")
    expect(found.filter(has_text="Refund")).to_have_count(1)
    assert found.count() >= 2
    page.reload()
    expect(found.first).to_be_visible()
    page.get_by_role("button", name="Only about: Aprons for eleven people").click()
    expect(page).not_to_have_url(re.compile("subject="))


def test_a_verdict_elsewhere_leads_to_its_record(server: DemoServer, window: Window) -> None:
    """Such as that of a row of a complaint."""
    prospect, operator = Person(server.address, "prospect"), Person(server.address, "operator")
    vendor = Person(server.address, "vendor")
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    lead = prospect.publish("Quirinus", "A lead whose complaint has a record")
    number = vendor.complain(operator.deliver(lead.lead_id, account))
    page = window().new_page()
    sign_in(page, server.address, "operator", f"/complaints?number={number}")
    page.get_by_role("row").filter(has_text=number).click()
    page.get_by_role("heading", level=1, name=number).wait_for()
    page.get_by_role("button", name="Why?").first.click()
    page.get_by_role("link", name="What it caused, and what if").click()
    page.get_by_role("heading", level=1, name="Complaint").wait_for()
    why = page.get_by_role("region", name="Why", exact=True)
    expect(why).to_contain_text(f"Row of a complaint: {number}")
    why.get_by_role("link", name="Open").click()
    page.get_by_role("heading", level=1, name=number).wait_for()
