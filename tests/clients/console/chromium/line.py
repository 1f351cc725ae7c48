"""The socket of a page, and what the page shows of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Locator, Page, WebSocketRoute

from tests.clients.console.chromium.browser import PATIENCE_MS

RESTARTING = 1012
TICK_MS = 50
SUBSCRIBE = '"type":"subscribe"'


@dataclass
class Line:
    """The socket of a page, which a test can cut or hold: what was sent, what arrived, and how it closed."""

    page: Page
    opened: list[WebSocketRoute] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    closed: list[int | None] = field(default_factory=list)
    is_cut: bool = False
    is_held: bool = False
    _held: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Stand between the page and the server."""
        self.page.route_web_socket(re.compile("/graphql"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close(code=RESTARTING)
            return
        server = socket.connect_to_server()
        self.opened += [socket, server]

        def pass_on(message: str | bytes) -> None:
            self.documents.append(str(message))
            if self.is_held and SUBSCRIBE in str(message):
                self._held.append(partial(server.send, message))
            else:
                server.send(message)

        def pass_back(message: str | bytes) -> None:
            if socket in self.opened:  # else the page does not hear it any more
                self.received.append(str(message))
                socket.send(message)

        def pass_end(code: int | None, reason: str | None) -> None:
            self.closed.append(code)
            socket.close(code=code, reason=reason)

        socket.on_message(pass_on)
        server.on_message(pass_back)
        server.on_close(pass_end)

    def wait(self) -> None:
        """Wait until the page follows its feeds."""
        self._wait(lambda: any(SUBSCRIBE in one for one in self.documents), "the page follows nothing")

    def wait_for(self, text: str) -> None:
        """Wait until the page has received an event that contains a text."""
        self._wait(lambda: any(text in one for one in self.received), f"no event contains {text}")

    def let_go(self) -> None:
        """Let the server have what the page wished to follow while the line was held."""
        self.is_held = False
        for send in self._held:
            send()
        self._held.clear()

    def _wait(self, is_so: Callable[[], bool], otherwise: str) -> None:
        for _ in range(PATIENCE_MS // TICK_MS):
            if is_so():
                return
            self.page.wait_for_timeout(TICK_MS)
        raise AssertionError(otherwise)

    def cut(self) -> None:
        """Close the connection as a server does that restarts, and refuse others."""
        self.is_cut = True
        for end in self.opened:
            end.close(code=RESTARTING)
        self.opened.clear()


def notices(page: Page) -> Locator:
    """Return the card of the latest notices."""
    return page.get_by_role("region", name="Latest notices")


def told(page: Page, title: str) -> Locator:
    """Return the notice about a lead."""
    return notices(page).get_by_text(title).first
