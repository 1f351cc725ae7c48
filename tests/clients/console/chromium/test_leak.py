"""No contact data before its reveal: not in the page, in what the browser stores, or in a received byte."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import settle, sign_in, visit
from tests.clients.console.chromium.everything import Everything
from tests.clients.console.chromium.screens import of, walk
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


@pytest.fixture
def prospect(server: DemoServer) -> Person:
    """Petra, who publishes leads and answers applications."""
    return Person(server.address, "prospect")


@pytest.fixture
def planted(prospect: Person) -> Planted:
    """A lead for which nobody has applied."""
    return prospect.publish("Ottokar", "A lead with planted contact data")


@pytest.mark.parametrize("who", ["vendor", "rival", "operator", "agent"])
def test_no_screen_of_a_role_gets_hidden_contact_data(
    who: str, server: DemoServer, window: Window, planted: Planted
) -> None:
    """The page is loaded once, so its memory at the end is that of all screens."""
    page = window().new_page()
    everything = Everything(page)
    leads = 0
    screens = of("vendor" if who == "rival" else who)
    if who == "rival":  # has no applications
        screens = [one for one in screens if one.path == "/leads" or not one.open_first]
    for screen in walk(page, server.address, who, screens):
        if screen.open_first and screen.path == "/leads":
            visit(page, f"/leads/{planted.lead_id}")
            page.get_by_role("heading", name=planted.title).wait_for()
            leads += 1
        text = page.content()
        assert [form for form in planted.forms() if form in text] == [], screen
    assert everything.found(planted) == []
    assert len(everything.received) > 2
    assert leads == (0 if who == "agent" else 1)


def test_the_contact_appears_with_the_answer_and_not_before(
    server: DemoServer, window: Window, prospect: Person
) -> None:
    """It is received over the socket: the page is not loaded again. At the end of the session, it is gone."""
    lead = prospect.publish("Kunibert", "A lead whose contact will be revealed")
    Person(server.address, "vendor").apply(lead.lead_id)
    page = window().new_page()
    everything = Everything(page)
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    settle(page)
    assert everything.found(lead) == []

    prospect.accept(lead.lead_id)
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()
    found = everything.found(lead)
    assert {"received", "document", "accessibility tree", "memory"} <= set(found)  # the search can find it
    assert "storages" not in found

    settle(page)
    everything.received.clear()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert everything.found(lead) == []
