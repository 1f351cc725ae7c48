"""What somebody else, or time, does while a form is being filled in."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from models.base.database import connection, fetch
from tests.clients.console.chromium.api import PURCHASE, Person, Planted
from tests.clients.console.chromium.browser import check, settle, sign_in
from tests.clients.console.chromium.conftest import HOUR_SECONDS
from tests.clients.console.chromium.keys import press, select_row
from tests.clients.console.chromium.line import Line
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

REVEAL = timedelta(seconds=48 * HOUR_SECONDS)
WINDOW = timedelta(seconds=30 * 24 * HOUR_SECONDS)  # a complaint's window is shorter


def test_an_application_of_a_colleague_is_said_and_not_made_twice(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Adelinde", "A weathercock for a town hall")
    page = window().new_page()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    page.get_by_label("Introduction").fill("We forge them ourselves.")
    Person(server.address, "vendor").apply(lead.lead_id)
    page.get_by_role("button", name="Apply for").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("already applied", re.IGNORECASE))
    expect(page.get_by_label("Introduction")).to_have_value("We forge them ourselves.")


def test_the_end_of_the_complaint_window_is_said_before_anything_is_filed(
    own_server: DemoServer, window: Window
) -> None:
    """The form was opened in time."""
    prospect = Person(own_server.address, "prospect")
    lead = prospect.publish("Burchard", f"A sundial for a school {uuid4().hex[:6]}")
    Person(own_server.address, "vendor").apply(lead.lead_id)
    prospect.accept(lead.lead_id)
    page = window(expiring=True).new_page()
    sign_in(page, own_server.address, "vendor", "/contacts")
    settle(page)
    select_row(page.get_by_role("checkbox", name=f"Choose: {lead.title}"))
    page.get_by_role("link", name="Complain about 1 contact").click()
    page.get_by_role("button", name="Reason").click()
    page.get_by_role("option", name="The number belongs to someone else").click()
    page.get_by_label("What happened").fill("A bakery answers.")
    own_server.let_pass(WINDOW)
    page.get_by_role("button", name="Would it succeed?").click()
    preview = page.get_by_role("region", name="Would it succeed?")
    expect(preview).to_contain_text(re.compile("complaint window of .* has passed"))
    expect(page.get_by_role("alert")).to_contain_text("The time to complain about this contact is over.")
    expect(page.get_by_role("button", name="Leave this contact out")).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("A bakery answers.")


def test_a_decline_that_comes_too_late_is_said_before_and_afterwards(
    own_server: DemoServer, window: Window
) -> None:
    """The contact opens while the person is asked once more, and the page has not heard of it."""
    lead = Person(own_server.address, "prospect").publish("Ermelinda", f"A ferry bell {uuid4().hex[:6]}")
    Person(own_server.address, "vendor").apply(lead.lead_id)
    page = window(calm=False).new_page()  # its socket is cut, and its token expires
    line = Line(page)
    sign_in(page, own_server.address, "prospect", "/applications")
    page.get_by_role("row").filter(has_text=lead.title).first.click()
    page.get_by_role("heading", name=lead.title, level=1).wait_for()
    settle(page)
    line.wait()
    press(page.get_by_role("button", name="Decline", exact=True))
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("After the time below, declining no longer closes them.")
    line.cut()
    own_server.let_pass(REVEAL)

    dialog.get_by_role("button", name="Decline", exact=True).click()
    expect(dialog).to_contain_text("Your contact data are open already and stay open")
    dialog.get_by_role("button", name="Decline", exact=True).click()
    expect(dialog).to_have_count(0)
    state = page.get_by_role("region", name="How it stands")
    expect(state.get_by_text("Declined late", exact=True).first).to_be_visible()
    expect(page.get_by_text("What the company has seen stays visible to it")).to_be_visible()
    refund = page.get_by_role("region", name="Fee and refund")
    expect(refund).to_contain_text("Refundable")
    expect(refund).to_contain_text("The prospect declined after 48")
    settle(page)
    check(page)

    vendor = window(calm=False).new_page()
    sign_in(vendor, own_server.address, "vendor", "/applications")
    row = vendor.get_by_role("row").filter(has_text=lead.title)
    expect(row).to_contain_text("Declined late")
    row.click()
    expect(vendor.get_by_text(lead.contact["email"])).to_be_visible()
    expect(vendor.get_by_text("Points returned", exact=True)).to_be_visible()


def test_points_that_were_spent_elsewhere_are_said_with_what_is_missing(
    server: DemoServer, window: Window
) -> None:
    """The page has not heard of it; nothing that was written is lost."""
    operator, rival = Person(server.address, "operator"), Person(server.address, "rival")
    lead = Person(server.address, "prospect").publish("Farahild", "A sledge for a kindergarten")
    costly = operator.publish("Gerlinde", "Forty sledges for a mountain railway")
    account, points = rival.account()
    page = window(calm=False).new_page()
    line = Line(page)
    sign_in(page, server.address, "rival", f"/leads/{lead.lead_id}")
    settle(page)
    line.wait()
    line.cut()
    page.get_by_label("Introduction").fill("We have made sledges for forty years.")
    operator.deliver(costly.lead_id, account, points=points - 3)
    try:
        apply = page.get_by_role("button", name="Apply for 10 points")
        press(apply)
        expect(page.get_by_role("alert")).to_contain_text("This costs 10 points, but only 3 are available")
        expect(page.get_by_text("You need 7 points more.")).to_be_visible()
        expect(apply).to_be_disabled()
        expect(page.get_by_label("Introduction")).to_have_value("We have made sledges for forty years.")
        settle(page)
        check(page)
        page.get_by_role("main").get_by_role("link", name="Points", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Points")
    finally:
        operator.run(PURCHASE, accountId=account, points=points, idempotencyKey=uuid4().hex)


def shown(server: DemoServer, window: Window, name: str) -> tuple[Page, Planted, str]:
    """Deliver a lead to Vera, and open its page with the contact; returns the delivery's id too."""
    operator = Person(server.address, "operator")
    lead = operator.publish(name, f"A plough for {name}")
    account, _ = Person(server.address, "vendor").account()
    delivery = operator.deliver(lead.lead_id, account, kind="LEAD_CLUB")
    page = window().new_page()
    page.clock.install()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()
    settle(page)
    return page, lead, delivery


def test_a_contact_that_is_closed_disappears_from_an_open_page_at_the_event(
    server: DemoServer, window: Window
) -> None:
    page, lead, delivery = shown(server, window, "Haduwich")
    item = Person(server.address, "vendor").no_consent(delivery)
    Person(server.address, "operator").uphold(item)
    expect(page.get_by_text(lead.contact["email"])).to_have_count(0)
    expect(page.get_by_text("Contact hidden", exact=True)).to_be_visible()
    assert [form for form in lead.forms() if form in page.content()] == []


def test_a_contact_that_is_closed_without_an_event_disappears_within_a_minute(
    own_server: DemoServer, window: Window
) -> None:
    page, lead, _ = shown(own_server, window, "Irmintrud")

    async def close() -> None:
        await fetch(
            connection(),
            """UPDATE delivery SET closed = 'NO_CONSENT', closed_at = leadgate_clock()
               FROM lead WHERE lead.id = delivery.lead_id AND lead.title = $1""",
            lead.title,
        )

    own_server.run(close)
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.get_by_text(lead.contact["email"])).to_have_count(0)
    expect(page.get_by_text("Contact hidden", exact=True)).to_be_visible()
