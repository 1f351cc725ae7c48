"""No contact data before its reveal: not in the page, in what the browser stores, or in a received byte."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, WebSocket, expect

from tests.clients.console.chromium.api import Person, Planted
from tests.clients.console.chromium.browser import settle, sign_in
from tests.clients.console.chromium.screens import SCREENS
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

_STORED = """async () => {
  const found = { local: { ...localStorage }, session: { ...sessionStorage }, databases: {}, caches: {} };
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    for (const table of base.objectStoreNames) {
      found.databases[`${name}.${table}`] = await new Promise((done) => {
        const asked = base.transaction(table).objectStore(table).getAll();
        asked.onsuccess = () => done(asked.result);
      });
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.caches[`${name} ${request.url}`] = await (await cache.match(request)).text();
    }
  }
  return JSON.stringify(found);
}"""


class Everything:
    """All that a window receives, and all that it has at the moment."""

    def __init__(self, page: Page) -> None:
        """Listen to a page before it is opened."""
        self._page = page
        self.received: list[str] = []
        page.route("**/graphql", self._pass_on)
        page.on("websocket", self._follow)

    def _pass_on(self, route: Route) -> None:
        response = route.fetch()
        self.received.append(response.text())
        route.fulfill(response=response)

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(str(frame)))

    def places(self) -> dict[str, str]:
        """Return the texts of each place in which contact data could be."""
        session = self._page.context.new_cdp_session(self._page)
        return {
            "received": "\n".join(self.received),
            "document": self._page.content(),
            "accessibility tree": json.dumps(session.send("Accessibility.getFullAXTree"), ensure_ascii=False),
            "storages": self._page.evaluate(_STORED),
            "memory": _heap(session),
        }

    def found(self, planted: Planted) -> list[str]:
        """Return the places that contain contact data of a lead."""
        return [name for name, text in self.places().items() if any(form in text for form in planted.forms())]


def _heap(session: CDPSession) -> str:
    """Return all texts in the memory of the page's scripts: Relay's store, closures, caches."""
    chunks: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"captureNumericValue": False})
    return "\n".join(json.loads("".join(chunks))["strings"])


@pytest.fixture(scope="module")
def prospect(server: DemoServer) -> Person:
    """Petra, who publishes leads and answers applications."""
    return Person(server.address, "prospect")


@pytest.fixture(scope="module")
def planted(prospect: Person) -> Planted:
    """A lead for which nobody has applied."""
    return prospect.publish("Ottokar", "A lead with planted contact data")


@pytest.mark.parametrize("who", ["vendor", "rival", "operator", "agent"])
def test_no_screen_of_a_role_gets_hidden_contact_data(
    who: str, server: DemoServer, window: Window, planted: Planted
) -> None:
    page = window().new_page()
    everything = Everything(page)
    like = "vendor" if who == "rival" else who
    seen = []
    for screen in (one for one in SCREENS if one.who == like):
        sign_in(page, server.address, who, screen.path)
        settle(page)
        if screen.open_first and screen.path == "/leads":
            page.get_by_role("row").filter(has_text=planted.title).click()
            page.get_by_role("heading", name=planted.title).wait_for()
            settle(page)
        seen.append((screen.name, everything.found(planted)))
    assert seen
    assert [one for one in seen if one[1]] == []
    assert len(everything.received) > 2


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

    everything.received.clear()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert everything.found(lead) == []
