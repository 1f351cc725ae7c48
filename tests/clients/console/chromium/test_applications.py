"""What the two sides of an application do: by keyboard, in two windows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def applied(server: DemoServer, name: str, title: str) -> Planted:
    """Publish a lead as Petra and apply for it as Vera."""
    lead = Person(server.address, "prospect").publish(name, title)
    Person(server.address, "vendor").apply(lead.lead_id)
    return lead


def open_application(page: Page, server: DemoServer, who: str, lead: Planted) -> None:
    """Open the application for a lead from the list."""
    sign_in(page, server.address, who, "/applications")
    page.get_by_role("row").filter(has_text=lead.title).first.click()
    page.get_by_role("heading", name=lead.title, level=1).wait_for()
    settle(page)


def test_an_acceptance_by_keyboard_opens_the_contact_in_the_vendors_window(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Adalbert", "A fence for an orchard")
    vendor = window().new_page()
    open_application(vendor, server, "vendor", lead)
    expect(vendor.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    expect(vendor.get_by_text(lead.contact["email"])).to_have_count(0)

    prospect = window(width=NARROW).new_page()
    open_application(prospect, server, "prospect", lead)
    expect(prospect.get_by_text("Opens in")).to_be_visible()
    tab_until(prospect.get_by_role("button", name="Accept"))
    prospect.keyboard.press("Enter")
    expect(prospect.get_by_text("now sees your contact data")).to_be_visible()
    expect(prospect.get_by_text("Accepted", exact=True)).to_be_visible()
    check(prospect)

    expect(vendor.get_by_text(lead.contact["email"])).to_be_visible()
    expect(vendor.get_by_text("The prospect accepted.", exact=True)).to_be_visible()
    check(vendor)


def test_a_decline_is_asked_once_more_with_the_time_left_and_returns_the_points(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Bertold", "A roof for a bus stop")
    vendor = window().new_page()
    open_application(vendor, server, "vendor", lead)
    prospect = window(scheme="dark", width=NARROW).new_page()
    open_application(prospect, server, "prospect", lead)
    tab_until(prospect.get_by_role("button", name="Decline"))
    prospect.keyboard.press("Enter")
    dialog = prospect.get_by_role("alertdialog")
    expect(dialog).to_contain_text("This is final.")
    expect(dialog.get_by_text("Opens in")).to_be_visible()
    dialog.get_by_label("A word to the company").fill("We have found somebody nearer.")
    check(prospect)
    dialog.get_by_role("button", name="Decline").press("Enter")
    expect(prospect.get_by_text("Declined", exact=True).first).to_be_visible()
    accept = prospect.get_by_role("button", name="Accept")
    expect(accept).to_be_disabled()
    expect(prospect.get_by_text("has been answered or has ended")).to_be_visible()

    expect(vendor.get_by_text("We have found somebody nearer.")).to_be_visible()
    expect(vendor.get_by_text("Points returned")).to_be_visible()
    expect(vendor.get_by_text(lead.contact["email"])).to_have_count(0)


def test_the_page_of_a_lead_is_not_out_of_date_after_a_decline(server: DemoServer, window: Window) -> None:
    lead = applied(server, "Friederun", "A shed for a ferry")
    vendor = window().new_page()
    sign_in(vendor, server.address, "vendor", f"/leads/{lead.lead_id}")
    expect(vendor.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    expect(vendor.get_by_text("Changes in")).to_be_visible()
    Person(server.address, "prospect").decline(lead.lead_id)
    expect(vendor.get_by_text("the contact data will not be revealed")).to_be_visible()
    expect(vendor.get_by_text("Refundable", exact=True)).to_be_visible()
    expect(vendor.get_by_text("Waiting for an answer")).to_have_count(0)
    expect(vendor.get_by_text("Changes in")).to_have_count(0)


def test_the_fee_is_on_hold_until_the_contact_opens_and_then_the_contact_can_be_complained_about(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Gundula", "A bell for a school")
    page = window().new_page()
    open_application(page, server, "vendor", lead)
    expect(page.get_by_text("10 points, on hold until the contact opens")).to_be_visible()
    expect(page.get_by_text("Contact data stay masked")).to_be_visible()
    expect(page.get_by_role("link", name="Deadline as a calendar file")).to_be_visible()
    Person(server.address, "prospect").accept(lead.lead_id)
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()
    expect(page.get_by_text("on hold until")).to_have_count(0)
    expect(page.get_by_text("Contact data stay masked")).to_have_count(0)
    check(page)
    page.get_by_role("link", name="Open the request").click()
    page.get_by_role("link", name="Complain about this contact").click()
    expect(page.get_by_role("heading", name=lead.title)).to_be_visible()
    expect(page.get_by_text(f"{lead.contact['email']}")).to_be_visible()
    check(page)


def test_a_meeting_is_recorded_only_after_it_has_begun(own_server: DemoServer, window: Window) -> None:
    lead = applied(own_server, "Hadubrand", "A pavilion for a park")
    vendor = window(expiring=True).new_page()
    open_application(vendor, own_server, "vendor", lead)
    soon = datetime.now(UTC) + timedelta(days=2)
    vendor.get_by_label("Propose a time").fill(soon.strftime("%Y-%m-%dT10:00"))
    vendor.get_by_role("button", name="Propose", exact=True).click()
    expect(vendor.get_by_text("Time proposed")).to_be_visible()
    page = window(expiring=True).new_page()
    open_application(page, own_server, "prospect", lead)
    page.get_by_role("button", name="Agree to this time").click()
    expect(page.get_by_text("Begins in")).to_be_visible()
    expect(page.get_by_role("button", name="It took place")).to_have_count(0)
    own_server.let_pass(timedelta(days=3))
    page.reload()
    page.get_by_role("button", name="It took place").click()
    expect(page.get_by_text("Recorded", exact=True)).to_be_visible()


def test_an_acceptance_can_be_withdrawn_and_says_what_stays_visible(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Cunigunde", "A stage for a school")
    Person(server.address, "prospect").accept(lead.lead_id)
    page = window().new_page()
    open_application(page, server, "prospect", lead)
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("stay visible")
    page.get_by_role("alertdialog").get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Acceptance withdrawn", exact=True).first).to_be_visible()
    expect(page.get_by_role("log", name="Chat")).to_be_visible()
    expect(page.get_by_label("Message")).to_have_count(0)


def test_the_chat_says_what_the_other_side_reads_before_and_after_sending(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Dankwart", "A sauna for a garden")
    vendor = window().new_page()
    open_application(vendor, server, "vendor", lead)
    prospect = window().new_page()
    open_application(prospect, server, "prospect", lead)
    prospect.get_by_label("Message").fill("Call me: +49 30 23125 777.")
    expect(prospect.get_by_text("The other side will read: Call me: [phone]")).to_be_visible()
    prospect.reload()
    expect(prospect.get_by_label("Message")).to_have_value("Call me: +49 30 23125 777.")
    tab_until(prospect.get_by_label("Message"))
    prospect.keyboard.press("Tab")
    prospect.keyboard.press("Enter")
    expect(prospect.get_by_role("log", name="Chat")).to_contain_text("+49 30 23125 777")
    expect(prospect.get_by_label("Message")).to_have_value("")
    expect(vendor.get_by_role("log", name="Chat")).to_contain_text("Call me: [phone]")
    expect(vendor.get_by_role("log", name="Chat")).to_contain_text("Changes in")
    assert "23125 777" not in vendor.content()


def test_a_proposed_meeting_is_agreed_to_by_the_other_side(server: DemoServer, window: Window) -> None:
    lead = applied(server, "Eberhard", "A mural for a swimming pool")
    vendor = window().new_page()
    open_application(vendor, server, "vendor", lead)
    soon = datetime.now(UTC) + timedelta(days=30)
    vendor.get_by_label("Propose a time").fill(soon.strftime("%Y-%m-%dT10:00"))
    vendor.get_by_role("button", name="Propose", exact=True).click()
    expect(vendor.get_by_text("Time proposed")).to_be_visible()
    prospect = window().new_page()
    open_application(prospect, server, "prospect", lead)
    prospect.get_by_role("button", name="Agree to this time").click()
    expect(prospect.get_by_text("Meeting agreed", exact=True)).to_be_visible()
    expect(vendor.get_by_text("Agreed", exact=True)).to_be_visible()


def test_the_list_is_filtered_by_status_and_its_link_shows_the_same(
    server: DemoServer, window: Window
) -> None:
    lead = applied(server, "Friedlinde", "A sign for a lighthouse")
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/applications")
    page.get_by_role("button", name="Status").click()
    page.get_by_role("option", name="Accepted").click()
    expect(page).to_have_url(re.compile("status=ACCEPTED"))
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Status")).to_contain_text("Accepted")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("row").filter(has_text=lead.title).first).to_be_visible()


def test_an_application_of_somebody_else_is_not_found(server: DemoServer, window: Window) -> None:
    lead = applied(server, "Gisbert", "A ramp for a theatre")
    vendor = window().new_page()
    open_application(vendor, server, "vendor", lead)
    path = vendor.evaluate("location.pathname").removeprefix("/console")
    rival = window(calm=False).new_page()
    sign_in(rival, server.address, "rival", path)
    expect(rival.get_by_role("heading", name="Not found")).to_be_visible()
