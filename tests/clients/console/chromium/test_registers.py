"""What a vendor and a person look up: points, notices, requests, and who has whose data."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def test_the_ledger_shows_what_each_entry_was_for_and_its_decision(
    server: DemoServer, window: Window
) -> None:
    prospect = Person(server.address, "prospect")
    lead = prospect.publish("Jolanthe", "A gate for a castle")
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/points")
    settle(page)
    before = page.get_by_role("definition").first.inner_text()
    Person(server.address, "vendor").apply(lead.lead_id)
    row = page.get_by_role("row").filter(has_text=lead.title).first
    expect(row).to_contain_text("Fee held")
    expect(row).to_contain_text("on hold:")
    assert page.get_by_role("definition").first.inner_text() != before
    prospect.accept(lead.lead_id)
    row = page.get_by_role("row").filter(has_text="Fee charged").filter(has_text=lead.title).first
    expect(row).to_contain_text("The prospect accepted")
    check(page)
    row.get_by_role("link", name=lead.title).click()
    page.get_by_role("heading", name=lead.title, level=1).wait_for()


def test_notices_arrive_by_themselves_and_are_marked_as_read_by_keyboard(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "prospect", "/notices?unread=yes")
    settle(page)
    lead = Person(server.address, "prospect").publish("Kaspar", "A bell for a chapel")
    Person(server.address, "vendor").apply(lead.lead_id)
    expect(page.get_by_role("row").filter(has_text=lead.title).first).to_be_visible()
    check(page)
    tab_until(page.get_by_role("button", name="Mark all shown as read"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(0)


def test_the_register_names_each_company_and_why_it_has_the_data(server: DemoServer, window: Window) -> None:
    prospect = Person(server.address, "prospect")
    page = window().new_page()
    sign_in(page, server.address, "prospect", "/disclosures")
    settle(page)
    lead = prospect.publish("Leopold", "A tower for a vineyard")
    Person(server.address, "vendor").apply(lead.lead_id)
    prospect.accept(lead.lead_id)
    row = page.get_by_role("row").filter(has_text=lead.title).first
    expect(row).to_contain_text("You accepted its application")
    expect(row).to_contain_text("phone")
    expect(page.get_by_role("heading", name="How to object")).to_be_visible()
    page.get_by_role("button", name="Reason").click()
    page.get_by_role("option", name="You did not answer in time").click()
    expect(page).to_have_url(re.compile("basis=SILENCE"))
    expect(row).to_have_count(0)
    check(page)


def test_a_request_is_published_and_its_draft_survives_a_reload(server: DemoServer, window: Window) -> None:
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "prospect", "/leads")
    settle(page)
    page.get_by_role("link", name="Publish a request").click()
    page.get_by_label("In one line").fill("A carousel for a market square")
    page.reload()
    expect(page.get_by_label("In one line")).to_have_value("A carousel for a market square")
    publish = page.get_by_role("button", name="Publish", exact=True)
    publish.click()
    expect(page.get_by_label("What you need")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("What you need").fill("Twelve wooden horses. Write to wooden.horses@example.com.")
    page.get_by_label("Category").fill("Carpentry")
    country = page.get_by_role("combobox", name="Country")
    country.fill("germany")
    page.keyboard.press("Tab")
    expect(country).to_have_value("Germany")
    page.get_by_label("Phone", exact=True).fill("+49 30 23125 188")
    publish.click()
    expect(page.get_by_label("What you need")).to_have_attribute("aria-invalid", "true")
    check(page)
    page.get_by_label("What you need").fill("Twelve wooden horses, painted by hand.")
    publish.press("Enter")
    expect(page.get_by_role("heading", name="Request published")).to_be_visible()
    page.get_by_role("link", name="My leads").last.click()
    expect(page.get_by_role("row").filter(has_text="A carousel for a market square").first).to_be_visible()


def test_a_request_leads_to_its_applications(server: DemoServer, window: Window) -> None:
    prospect = Person(server.address, "prospect")
    lead, other = (prospect.publish(name, f"A clock for {name}") for name in ("Melchior", "Notburga"))
    vendor = Person(server.address, "vendor")
    vendor.apply(lead.lead_id)
    vendor.apply(other.lead_id)
    page = window().new_page()
    sign_in(page, server.address, "prospect", "/leads")
    page.get_by_role("row").filter(has_text=lead.title).first.click()
    page.get_by_role("heading", name="Inbox").wait_for()
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(1)
    expect(page.get_by_role("row").filter(has_text=other.title)).to_have_count(0)
