"""The socket of a page, and what the page shows of it."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, WebSocketRoute

RESTARTING = 1012
TICK_MS = 50


@dataclass
class Line:
    """The socket of a page, which a test can cut: what was sent, what arrived, and how it closed."""

    page: Page
    opened: list[WebSocketRoute] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    closed: list[int | None] = field(default_factory=list)
    is_cut: bool = False

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
        while not any('"subscribe"' in one for one in self.documents):
            self.page.wait_for_timeout(TICK_MS)

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
