"""All that a window receives and has, to search it for contact data."""

import json

from playwright.sync_api import CDPSession, Page, Route, WebSocket

from tests.clients.console.chromium.api import Planted

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
