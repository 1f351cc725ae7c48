"""`make console-screenshots`: writes a picture of each screen, in both colours and two widths."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.clients.console.chromium.browser import (
    COMMAND,
    NARROW,
    WIDE,
    chromium,
    open_browser,
    open_window,
    settle,
    sign_in,
)
from tests.clients.console.chromium.screens import SCREENS
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
    with demo_server(rate_limit_cost_per_minute=0) as server, open_browser(executable) as browser:
        for scheme, width in LOOKS:
            if not arguments or "sign-in" in arguments:
                _sign_in(browser, server.address, scheme, width)
            _screens(browser, server.address, scheme, width, arguments)
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}\n")
    return 0


def _sign_in(browser: Browser, address: str, scheme: str, width: int) -> None:
    with open_window(browser, scheme=scheme, width=width) as context:
        page = context.new_page()
        page.goto(f"{address}/console/")
        page.get_by_role("button", name="Vera").wait_for()
        page.screenshot(path=_path("sign-in", scheme, width), full_page=True)


def _screens(browser: Browser, address: str, scheme: str, width: int, arguments: list[str]) -> None:
    windows: dict[str, BrowserContext] = {}
    for screen in SCREENS:
        if arguments and not any(word in screen.name for word in arguments):
            continue
        context = windows.get(screen.who) or open_window(browser, scheme=scheme, width=width)
        windows[screen.who] = context
        page = context.new_page()
        sign_in(page, address, screen.who, screen.path)
        settle(page)
        if screen.open_first:
            page.get_by_role("row").nth(1).click()
            page.wait_for_url(f"**{screen.path}/*")
            settle(page)
        page.screenshot(path=_path(screen.name, scheme, width), full_page=True)
        page.close()
    for context in windows.values():
        context.close()


def _path(name: str, scheme: str, width: int) -> Path:
    return FOLDER / f"{name}-{scheme}-{width}.png"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
