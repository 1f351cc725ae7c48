"""What somebody else, or time, does while a form is being filled in."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import settle, sign_in
from tests.clients.console.chromium.conftest import HOUR_SECONDS
from tests.clients.console.chromium.keys import select_row
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

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
    page = window(calm=False).new_page()  # its token expires too: the 401 before a new one is no fault
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
