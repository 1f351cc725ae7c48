"""What operators do with leads and accounts: import, offer, deliver; and who acts for an account."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.files import drop, table
from tests.support.demo_server import DemoServer
from tests.support.spreadsheets import Cell

Window = Callable[..., BrowserContext]
HEADINGS: list[Cell] = ["Full name", "Email", "Phone", "City", "Brief", "Shoe size"]
GOOD: list[Cell] = [
    "Zacharias Import",
    "zacharias@planted.example",
    "+49 30 23125190",
    "Jena",
    "A mill by the river",
    44,
]
BAD: list[Cell] = ["Zenobia Import", "not an address", "12", "Jena", "A mill", 38]


def choose_market(page: Page) -> None:
    """Choose the demo's market."""
    page.get_by_role("button", name="Market").click()
    page.get_by_role("option", name=re.compile("Demo marketplace")).click()


def test_a_workbook_is_checked_imported_and_reported_row_by_row(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads")
    page.get_by_role("link", name="Import a file").click()
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_disabled()
    expect(page.get_by_text("Choose a file and a market first.")).to_be_visible()
    drop(page, "leads.xlsx", table([HEADINGS, GOOD, BAD]))
    choose_market(page)
    page.get_by_label("Category").fill("Mills")
    page.get_by_label("Country", exact=True).fill("DE")
    page.get_by_label("Title").fill("{category} in {city}")
    page.get_by_role("button", name="Check the file").click()
    rows = page.get_by_role("grid", name="What an import would do")
    expect(rows.get_by_role("row").nth(1)).to_contain_text("Would be published")
    expect(rows.get_by_role("row").nth(2)).to_contain_text("Refused")
    expect(rows.get_by_role("row").nth(2)).to_contain_text(re.compile("email|phone", re.IGNORECASE))
    expect(page.get_by_role("region", name="Not recognised")).to_contain_text("Shoe size")
    settle(page)
    check(page)
    page.get_by_role("button", name="Import", exact=True).click()
    asked = page.get_by_role("alertdialog", name="Import")
    expect(asked).to_contain_text("leads.xlsx")
    asked.get_by_role("button", name="Import").click()
    done = page.get_by_role("grid", name="What was imported")
    expect(done.get_by_role("row").nth(1)).to_contain_text("Published")
    expect(done.get_by_role("row").nth(2)).to_contain_text("Refused")
    page.get_by_role("button", name="Check the file").click()
    expect(rows.get_by_role("row").nth(1)).to_contain_text("Exists already")
    page.set_viewport_size({"width": NARROW, "height": 900})
    check(page)
    expect(rows.get_by_role("link", name="Open").first).to_have_attribute(
        "href", re.compile("/console/leads/")
    )


def test_a_column_that_is_not_recognised_is_mapped_by_hand(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads/import")
    names = ["Full name", "Email", "Brief", "Wohin?"]
    drop(page, "leads.xlsx", table([names, ["Zita Import", "zita@planted.example", "A pond", "Apolda"]]))
    choose_market(page)
    page.get_by_label("Category").fill("Ponds")
    page.get_by_label("Country", exact=True).fill("DE")
    page.get_by_label("Title").fill("A pond")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Wohin?").click()
    page.get_by_role("option", name="Town").click()
    page.get_by_role("button", name="Check the file").click()
    rows = page.get_by_role("grid", name="What an import would do")
    expect(rows.get_by_role("row").nth(1)).to_contain_text("Would be published")
    expect(page.get_by_role("button", name="Wohin?")).to_contain_text("Town")


def open_lead(page: Page, server: DemoServer, lead: Planted) -> None:
    """Open a lead as an operator."""
    sign_in(page, server.address, "operator", f"/leads/{lead.lead_id}")
    page.get_by_role("heading", level=1, name=lead.title).wait_for()
    settle(page)


def test_a_lead_is_offered_once_after_its_terms_were_shown(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Zoe", "An organ for a chapel of Zoe")
    page = window().new_page()
    open_lead(page, server, lead)
    offer = page.get_by_role("button", name="Offer for sale")
    expect(offer).to_be_disabled()
    page.get_by_role("button", name="Buyers").click()
    page.get_by_role("option", name="Several companies").click()
    page.get_by_label("Places").fill("2")
    page.get_by_label("Price per company").fill("15")
    offer.click()
    asked = page.get_by_role("alertdialog", name=f"Offer for sale: {lead.title}")
    expect(asked).to_contain_text("15 points")
    asked.get_by_role("button", name="Offer for sale").click()
    card = page.get_by_role("region", name="Offered for sale")
    expect(card).to_contain_text("Several companies")
    expect(card).to_contain_text("15 points")


def test_a_lead_is_delivered_and_the_company_is_listed_with_the_basis(
    server: DemoServer, window: Window
) -> None:
    lead = Person(server.address, "prospect").publish("Ziska", "A bell for a school of Ziska")
    page = window().new_page()
    open_lead(page, server, lead)
    page.get_by_role("button", name="Choose a company").click()
    company = page.get_by_role("combobox", name="Company")
    company.fill("Lindq")
    page.get_by_role("option", name=re.compile("Lindqvist")).click()
    page.get_by_label("Price", exact=True).fill("5")
    page.get_by_role("button", name="Deliver to a company").click()
    asked = page.get_by_role("alertdialog", name="Deliver to a company")
    expect(asked).to_contain_text("5 points")
    asked.get_by_role("button", name="Deliver to a company").click()
    holders = page.get_by_role("grid", name="Who has the contact")
    expect(holders).to_contain_text("Lindqvist")
    expect(holders).to_contain_text("Delivery")
    check(page)


def test_an_account_shows_who_acts_for_it(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/accounts")
    settle(page)
    page.get_by_role("row").filter(has_text="Lindqvist").click()
    people = page.get_by_role("grid", name="People")
    expect(people.get_by_role("row").filter(has_text="Vera Lindqvist")).to_contain_text("Owner")
    expect(people).to_contain_text("vendor@demo.example")
    settle(page)
    check(page)
