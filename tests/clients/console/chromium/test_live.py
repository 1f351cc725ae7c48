"""What happens while a page is open: events, lost connections, and new builds."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page, Route, WebSocket, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import sign_in
from tests.clients.console.chromium.line import Line, notices, told
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def _append(pages: list[Page], page: Page, _: WebSocket) -> None:
    pages.append(page)


@pytest.fixture
def prospect(server: DemoServer) -> Person:
    """Petra."""
    return Person(server.address, "prospect")


@pytest.fixture
def rival(server: DemoServer) -> Person:
    """Rafael, who applies."""
    return Person(server.address, "rival")


def test_an_application_appears_on_the_desk_of_the_prospect(
    server: DemoServer, window: Window, prospect: Person, rival: Person
) -> None:
    lead = prospect.publish("Aldegund", "A lead that somebody applies for")
    page = window().new_page()
    sign_in(page, server.address, "prospect")
    notices(page).wait_for()
    rival.apply(lead.lead_id)
    expect(told(page, lead.title)).to_be_visible()


def test_after_a_cut_the_feed_goes_on_after_its_cursor(
    server: DemoServer, window: Window, prospect: Person, rival: Person
) -> None:
    """Nothing is lost, and nothing is shown twice."""
    lead = prospect.publish("Bartolo", "A lead that is applied for during an outage")
    page = window(calm=False).new_page()
    line = Line(page)
    sign_in(page, server.address, "prospect")
    notices(page).wait_for()
    line.cut()
    rival.apply(lead.lead_id)
    line.is_cut = False
    expect(notices(page).get_by_text(lead.title)).to_have_count(1)
    assert [text for text in line.documents if '"query"' in text] == []


def test_a_lost_connection_is_said_after_five_seconds_with_the_age(
    server: DemoServer, window: Window
) -> None:
    page = window(calm=False).new_page()
    page.clock.install()
    line = Line(page)
    sign_in(page, server.address, "prospect")
    notices(page).wait_for()
    while not line.opened:
        page.clock.run_for(100)
    line.cut()
    stale = page.get_by_text("Not live since")
    page.clock.run_for(3_000)
    expect(stale).to_have_count(0)
    page.clock.run_for(4_000)
    expect(stale).to_be_visible()
    line.is_cut = False
    for _ in range(60):
        page.clock.run_for(1_000)
        if stale.count() == 0:
            break
    expect(stale).to_have_count(0)


def test_two_tabs_of_a_user_share_one_socket(
    server: DemoServer, window: Window, prospect: Person, rival: Person
) -> None:
    """The other tab takes over when the first one closes."""
    lead, later = (prospect.publish(name, f"A lead of {name}") for name in ("Clothilde", "Dagobert"))
    context = window()
    pages = [context.new_page(), context.new_page()]
    sockets: list[Page] = []
    for page in pages:
        page.on("websocket", partial(_append, sockets, page))
        sign_in(page, server.address, "prospect")
        notices(page).wait_for()
    rival.apply(lead.lead_id)
    for page in pages:
        expect(told(page, lead.title)).to_be_visible()
    assert len(sockets) == 1
    holder = sockets[0]
    holder.close()
    (other,) = [page for page in pages if page is not holder]
    rival.apply(later.lead_id)
    expect(told(other, later.title)).to_be_visible()


def test_a_new_build_is_said_and_loaded_with_the_next_page(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor")
    loads: list[str] = []
    page.on("domcontentloaded", lambda _: loads.append(page.url))

    def deploy(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "x-leadgate-build": "another"})

    page.route("**/graphql", deploy)
    page.get_by_role("link", name="Open leads").click()
    page.get_by_role("row").nth(1).wait_for()
    expect(page.get_by_text("A new version is available.")).to_be_visible()
    assert loads == []
    page.unroute_all()
    with page.expect_event("domcontentloaded"):
        page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.get_by_text("A new version is available.")).to_have_count(0)


def test_a_form_that_is_being_filled_in_is_not_reloaded(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/settings")
    page.get_by_label("Name").fill("Vera L.")
    page.route(
        "**/graphql",
        lambda route: route.fulfill(
            response=(found := route.fetch()), headers={**found.headers, "x-leadgate-build": "another"}
        ),
    )
    loads: list[str] = []
    page.on("domcontentloaded", lambda _: loads.append(page.url))
    page.get_by_role("link", name="Open leads").click()
    page.get_by_role("row").nth(1).wait_for()
    assert loads == []


def test_a_chunk_that_is_gone_reloads_the_page_once(server: DemoServer, window: Window) -> None:
    page = window(calm=False).new_page()
    sign_in(page, server.address, "vendor")
    missing: list[str] = []

    def lose(route: Route) -> None:
        missing.append(route.request.url)
        if len(missing) == 1:
            route.fulfill(status=404)
        else:
            route.continue_()

    page.route(re.compile(r"/assets/Settings-[\w-]+\.js"), lose)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    assert len(missing) == 2
