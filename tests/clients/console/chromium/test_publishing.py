"""What marks contact data in a public text while it is being written."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Request, expect

from tests.clients.console.chromium.api import PROSPECTS, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
SELECTED = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"


def test_contact_data_in_the_public_text_is_marked_with_its_place_and_the_remedy(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "prospect", "/leads/new")
    settle(page)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/graphql") else None)
    brief = page.get_by_label("What you need")
    text = "🦊 A stove for the hut. Call me at +49 30 23125188 in the evening."
    brief.press_sequentially(text)
    marks = page.get_by_role("list", name="Looks like contact data")
    expect(marks.locator("mark")).to_have_text("+49 30 23125188")
    expect(marks).to_contain_text("phone number")
    assert len(asked) < len(text) / 2  # after the last key, not after each
    check(page)
    marks.get_by_role("button", name="Show it in the text").click()
    expect(brief).to_be_focused()
    assert brief.evaluate(SELECTED) == "+49 30 23125188"
    page.keyboard.press("Delete")
    expect(marks).to_have_count(0)
    page.get_by_label("In one line").fill("Write to hut@example.com")
    expect(marks.locator("mark")).to_have_text("hut@example.com")


def test_a_country_is_not_taken_for_another_one_and_gives_the_budget_its_currency(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "prospect", "/leads/new")
    country = page.get_by_role("combobox", name="Country")
    currency = page.get_by_role("button", name="Currency of the budget")
    expect(currency).to_contain_text("EUR")
    country.fill("Ger")
    page.get_by_role("option", name="Germany").click()
    expect(country).to_have_value("Germany")
    country.fill("Switz")
    expect(page.get_by_role("option")).to_have_text(["Switzerland"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(country).to_have_value("Switzerland")
    expect(currency).to_contain_text("CHF")
    page.get_by_label("In one line").fill("A cable car")
    page.get_by_label("What you need").fill("From the valley to the hut.")
    page.get_by_label("Category").fill("Cable cars")
    page.get_by_label("Budget from").fill("9000")
    page.get_by_label("Budget to").fill("3000")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Is greater than the maximum; swap the two")).to_be_visible()
    page.get_by_label("Budget to").fill("30000")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="Open the request").click()
    expect(page.get_by_role("heading", name="A cable car")).to_be_visible()
    expect(page.get_by_text(re.compile(r"CHF.9,000 . CHF.30,000"))).to_be_visible()
    expect(page.get_by_text("No company has applied yet")).to_be_visible()
    check(page)


def test_an_operator_publishes_for_a_person_and_again_for_the_same_one(
    server: DemoServer, window: Window
) -> None:
    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads")
    settle(page)
    for title in ("A greenhouse for Xaver", "A fence for Xaver"):
        if "fence" in title:
            page.get_by_role("link", name="Another request of this person").click()
            expect(page.get_by_text("added to those of the same person")).to_be_visible()
        else:
            page.get_by_role("link", name="Publish for a person").click()
        page.get_by_label("In one line").fill(title)
        page.get_by_label("What is needed").fill("Three metres by four, before spring.")
        page.get_by_label("Category").fill("Gardening")
        page.get_by_role("combobox", name="Country").fill("DE")
        expect(page.get_by_label("Name", exact=True)).to_have_value("")
        page.get_by_label("Name", exact=True).fill("Xaver Zwetschkenbaum")
        page.get_by_role("textbox", name="Email").fill("xaver.zwetschkenbaum@planted.example")
        check(page)
        page.get_by_role("button", name="Publish", exact=True).click()
        page.get_by_role("link", name="Open the lead").click()
        page.get_by_role("heading", level=1, name=title).wait_for()
    ids = Person(server.address, "operator").run(PROSPECTS)["leads"]["nodes"]
    owners = {one["title"]: one["prospectId"] for one in ids}
    assert owners["A greenhouse for Xaver"] == owners["A fence for Xaver"] is not None


def test_what_an_operator_has_published_can_be_found_and_is_shown_without_the_contact(
    server: DemoServer, window: Window
) -> None:
    """The contact is there on request only, after the page has said that the look is logged."""
    lead = Person(server.address, "prospect").publish("Yolanda", "A loom for a museum of Yolanda")
    vendor = Person(server.address, "vendor")
    vendor.apply(lead.lead_id)
    page = window().new_page()
    sign_in(page, server.address, "operator", "/leads")
    settle(page)
    page.get_by_role("searchbox", name="Search").fill("loom museum")
    expect(page).to_have_url(re.compile("query=loom"))
    page.get_by_role("row").filter(has_text=lead.title).first.click()
    page.get_by_role("heading", level=1, name=lead.title).wait_for()
    settle(page)
    applications = page.get_by_role("grid", name="Applications")
    expect(applications).to_contain_text("Lindqvist")
    expect(applications).to_contain_text("Waiting for an answer")
    expect(page.get_by_text("Each look at contact data is logged")).to_be_visible()
    assert not any(form in page.content() for form in lead.forms())
    check(page)
    page.get_by_role("button", name="Show the contact").click()
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()
    expect(page.get_by_text("This look has been logged.")).to_be_visible()
