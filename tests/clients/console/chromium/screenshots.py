"""`make console-screenshots`: writes a picture of each screen, in both colours and two widths.

`CONSOLE_SERVER=http://127.0.0.1:8000` uses a server that runs already.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests.clients.console.chromium.browser import (
    COMMAND,
    NARROW,
    WIDE,
    chromium,
    open_browser,
    open_window,
)
from tests.clients.console.chromium.screens import PEOPLE, of, walk
from tests.support.demo_server import ROOT, demo_server

FOLDER = ROOT / "build" / "screenshots"
LOOKS = tuple((scheme, width) for scheme in ("light", "dark") for width in (WIDE, NARROW))


def main(arguments: list[str]) -> int:
    """Write the pictures of the screens whose names contain one of the arguments, or of all."""
    executable = chromium()
    if executable is None:
        sys.stdout.write(f"Chromium is not installed: {COMMAND}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _server() as address, open_browser(executable) as browser:
        for scheme, width in LOOKS:
            if not arguments or "sign-in" in arguments:
                _sign_in(browser, address, scheme, width)
            for who in PEOPLE:
                _screens(browser, address, scheme, width, who, arguments)
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}\n")
    return 0


def _sign_in(browser: Browser, address: str, scheme: str, width: int) -> None:
    with open_window(browser, scheme=scheme, width=width) as context:
        page = context.new_page()
        page.goto(f"{address}/console/")
        page.get_by_role("button", name="Vera").wait_for()
        page.screenshot(path=_path("sign-in", scheme, width), full_page=True)


def _screens(browser: Browser, address: str, scheme: str, width: int, who: str, arguments: list[str]) -> None:
    wanted = [one for one in of(who) if not arguments or any(word in one.name for word in arguments)]
    with open_window(browser, scheme=scheme, width=width) as context:
        for screen in walk(context.new_page(), address, who, wanted):
            context.pages[0].screenshot(path=_path(screen.name, scheme, width), full_page=True)


@contextmanager
def _server() -> Iterator[str]:
    if address := os.environ.get("CONSOLE_SERVER"):
        yield address
        return
    with demo_server(rate_limit_cost_per_minute=0) as server:
        yield server.address


def _path(name: str, scheme: str, width: int) -> Path:
    return FOLDER / f"{name}-{scheme}-{width}.png"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
