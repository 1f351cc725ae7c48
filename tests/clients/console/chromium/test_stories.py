"""What people do, by keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from models.seed import PASSWORD
from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def test_a_vendor_signs_in_filters_and_applies_by_keyboard(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Felicitas", "A pond for a garden of roses")
    page = window().new_page()
    page.goto(f"{server.address}/console/leads")
    page.get_by_label("Email address").wait_for()
    page.keyboard.type("vendor@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Open leads").wait_for()
    tab_until(page.get_by_role("searchbox", name="Search"))
    page.keyboard.type("pond roses")
    expect(page.get_by_role("row")).to_have_count(2)
    assert "query=pond" in page.url
    tab_until(page.get_by_role("row").filter(has_text=lead.title))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=lead.title).wait_for()
    tab_until(page.get_by_label("Introduction"))
    page.keyboard.type("We have made forty ponds.")
    page.reload()
    expect(page.get_by_label("Introduction")).to_have_value("We have made forty ponds.")
    tab_until(page.get_by_role("button", name="Apply for"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Application sent")).to_be_visible()
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()


def test_an_empty_introduction_is_refused_at_its_field(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Gottlieb", "A lead for an empty application")
    page = window().new_page()
    page.goto(f"{server.address}/console/leads/{lead.lead_id}?as=vendor")
    page.get_by_role("button", name="Apply for").click()
    field = page.get_by_label("Introduction")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Fill in this field.$"))


def test_the_refusals_of_the_server_are_shown_at_their_fields(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Hedwig", "A lead for a meeting in the past")
    page = window().new_page()
    page.goto(f"{server.address}/console/leads/{lead.lead_id}?as=vendor")
    page.get_by_label("Introduction").fill("Hello.")
    page.get_by_label("Propose a meeting").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Apply for").click()
    field = page.get_by_label("Propose a meeting")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile(r"\. Must be after the current time \(\d+ \w+, \d\d:\d\d\)")
    )
    page.get_by_label("Introduction").fill("")
    page.get_by_label("Propose a meeting").fill("")


def test_a_category_is_chosen_from_those_that_have_leads(server: DemoServer, window: Window) -> None:
    """The filter is in the address, and a link to it shows the same."""
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/leads")
    page.get_by_role("button", name="Category").click()
    page.get_by_role("option", name="Photography").click()
    expect(page).to_have_url(re.compile("category=Photography"))
    expect(page.get_by_role("row").nth(1)).to_contain_text("Photography")
    page.reload()
    expect(page.get_by_role("button", name="Category")).to_contain_text("Photography")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Photography")
    page.get_by_role("button", name="Clear filters").click()
    others = page.get_by_role("row").filter(has_not_text="Photography")
    expect(others.nth(1)).to_be_visible()  # the first has the titles
