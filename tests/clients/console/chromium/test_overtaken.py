"""Events that overtake an answer of the server: none is missed, wherever the page is at the moment."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, Route, expect

from clients.console import DOCUMENTS
from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import PATIENCE_MS, settle, sign_in
from tests.clients.console.chromium.line import TICK_MS, Line
from tests.clients.console.chromium.test_calls import answer
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

# Stops what React does later, such as showing a screen whose data is there, until `goOn()`.
STOP = """() => {
  const waiting = [];
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...given) { waiting.push(() => post.apply(this, given)); };
  window.goOn = () => {
    MessagePort.prototype.postMessage = post;
    for (const one of waiting) one();
  };
}"""


def document_of(operation: str) -> str:
    """Return the id of a document of the console."""
    documents: dict[str, str] = json.loads(DOCUMENTS.read_text(encoding="utf-8"))
    (found,) = [name for name, text in documents.items() if f"query {operation}(" in text]
    return found


@dataclass
class Held:
    """Keeps the next answer to a query of a page, which the server has given, until `release`."""

    page: Page
    operation: str
    kept: list[tuple[Route, APIResponse]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Stand between the page and the server."""
        document = document_of(self.operation)

        def keep(route: Route) -> None:
            if self.kept or document not in (route.request.post_data or ""):
                route.continue_()
            else:
                self.kept.append((route, route.fetch()))

        self.page.route("**/graphql", keep)

    def wait(self) -> None:
        """Wait until the server has answered."""
        for _ in range(PATIENCE_MS // TICK_MS):
            if self.kept:
                return
            self.page.wait_for_timeout(TICK_MS)
        raise AssertionError(f"{self.operation} was not sent")

    def release(self) -> None:
        """Let the page have the answer."""
        ((route, response),) = self.kept
        route.fulfill(response=response)


def publish(server: DemoServer, name: str) -> Planted:
    """Publish a lead as Petra, with a title of its own."""
    return Person(server.address, "prospect").publish(name, f"A barn for {name} {uuid4().hex[:6]}")


def apply(server: DemoServer, line: Line, *leads: Planted) -> None:
    """Apply for leads as Vera, and wait until the page has the events."""
    vendor = Person(server.address, "vendor")
    for lead in leads:
        vendor.apply(lead.lead_id)
        line.wait_for(lead.title)


def test_an_event_while_the_list_is_read_again_has_it_read_once_more(
    server: DemoServer, window: Window
) -> None:
    """Two events follow one another quickly: the answer to the first does not have the second."""
    first, second = publish(server, "Adelgunde"), publish(server, "Baldwin")
    page = window().new_page()
    line = Line(page)
    sign_in(page, server.address, "prospect", "/applications")
    settle(page)
    line.wait()
    held = Held(page, "ApplicationsQuery")
    apply(server, line, first)
    held.wait()
    apply(server, line, second)
    held.release()
    for lead in (first, second):
        expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(1)


@pytest.mark.parametrize("stopped", [False, True], ids=["before its answer", "before its rows"])
def test_an_event_before_a_screen_appears_is_not_missed(
    stopped: bool, server: DemoServer, window: Window
) -> None:
    """Nothing of the screen listens yet when the event arrives; its answer is older."""
    lead = publish(server, "Clodwig" if stopped else "Dietmar")
    page = window().new_page()
    line = Line(page)
    held = Held(page, "ApplicationsQuery")
    sign_in(page, server.address, "prospect", "/applications")
    held.wait()
    line.wait()
    if stopped:
        page.evaluate(STOP)
        with page.expect_response(lambda response: response.ok) as answered:
            held.release()
        answered.value.finished()
        page.wait_for_timeout(TICK_MS)
        expect(page.get_by_role("row")).to_have_count(0)
        apply(server, line, lead)
        page.evaluate("goOn()")
    else:
        apply(server, line, lead)
        held.release()
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(1)


def test_a_call_before_the_board_follows_calls_is_not_missed(server: DemoServer, window: Window) -> None:
    """The page asks for the events of calls, and the server has not heard it yet."""
    number = f"+49 30 23125 {uuid4().int % 900 + 100}"
    owner, agent = window().new_page(), window().new_page()
    line = Line(owner)
    line.is_held = True
    sign_in(owner, server.address, "vendor", "/calls")
    settle(owner)
    sign_in(agent, server.address, "agent", "/calls")
    settle(agent)
    answer(agent, number)
    expect(owner.get_by_role("row").filter(has_text=number.replace(" ", ""))).to_have_count(0)
    line.let_go()
    line.wait_for('"CallEvent"')
    expect(owner.get_by_role("row").filter(has_text=number.replace(" ", ""))).to_have_count(1)
