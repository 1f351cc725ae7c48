"""Looks at contact data: an operator's is listed for operators, and the person sees when it was."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.api import ACCOUNT, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in, visit
from tests.clients.console.chromium.everything import Everything
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def test_a_look_at_a_complaints_contact_is_listed_for_operators_and_for_the_person(
    server: DemoServer, window: Window
) -> None:
    """With the operator's name for operators only, and without the contact data for both."""
    prospect, operator = Person(server.address, "prospect"), Person(server.address, "operator")
    vendor = Person(server.address, "vendor")
    lead = prospect.publish("Walburga", "A fountain for a courtyard")
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    number = vendor.complain(operator.deliver(lead.lead_id, account))

    oscar = window().new_page()
    sign_in(oscar, server.address, "operator", f"/complaints?number={number}")
    oscar.get_by_role("row").filter(has_text=number).click()
    oscar.get_by_role("heading", level=1, name=number).wait_for()
    oscar.get_by_role("link", name="All looks at this contact").click()
    oscar.get_by_text("No such looks").wait_for()
    oscar.go_back()
    oscar.get_by_role("button", name="Show the contact").click()
    oscar.get_by_text(lead.contact["email"]).wait_for()
    oscar.get_by_role("link", name="All looks at this contact").click()
    expect(oscar.get_by_role("button", name=f"Only the lead: {lead.title}")).to_be_visible()
    row = oscar.get_by_role("row").filter(has_text=lead.title)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Oscar")
    check(oscar)

    fresh = window().new_page()
    everything = Everything(fresh)
    sign_in(fresh, server.address, "operator", "/decisions")
    fresh.get_by_role("link", name="Looks at contact data").click()
    row = fresh.get_by_role("row").filter(has_text=lead.title).first
    row.get_by_role("link", name="All looks at this person").click()
    expect(fresh.get_by_role("button", name="Only one person")).to_be_visible()
    row.get_by_role("link", name="Oscar").click()
    expect(fresh.get_by_role("button", name="Only by: Oscar")).to_be_visible()
    settle(fresh)
    assert everything.found(lead) == []

    petra = window(width=NARROW, scheme="dark").new_page()
    sign_in(petra, server.address, "prospect", "/disclosures")
    expect(petra.get_by_role("heading", name="When our staff looked at your data")).to_be_visible()
    seen = petra.get_by_role("grid", name="When our staff looked at your data")
    expect(seen.get_by_role("row").filter(has_text=lead.title).first).to_be_visible()
    settle(petra)
    assert "Oscar" not in seen.inner_text()
    assert [form for form in lead.forms() if form in petra.content()] == []
    check(petra)


def test_a_period_without_looks_says_so(server: DemoServer, window: Window) -> None:
    """Filters that leave nothing can be cleared."""
    page = window().new_page()
    sign_in(page, server.address, "operator", "/decisions/looks?until=2001-01-01T00:00")
    page.get_by_text("No such looks").wait_for()
    check(page)
    page.locator("main").get_by_role("button", name="Clear filters").last.click()
    expect(page.get_by_text("No such looks")).to_have_count(0)
    visit(page, "/decisions")
    expect(page.get_by_role("link", name="Looks at contact data")).to_be_visible()
