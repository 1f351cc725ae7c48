"""Chromium for the tests of the console: it sends no requests to other hosts."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

COMMAND = "apt-get install chromium"
# The tests must not be skipped where this is set: in CI.
REQUIRED = "CONSOLE_TESTS_REQUIRED"
# Chromium obeys the last option of this name, so this one repeats what matters here of Playwright's. With the
# last three, it renders two pages of its own in each window, for an address bar that nobody sees, which takes
# two thirds of the processor time of opening one.
_WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
QUIET = (
    f"--disable-features={','.join(_WITHOUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 30_000
ATTEMPTS = 5
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = 1440, 320
_AXE_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
_RUN_AXE = "async ([context, options]) => (await axe.run(context, options)).violations"
# React Aria keeps what it announced for a few seconds, with the name of a button that may be gone by then.
_WITHOUT_ANNOUNCER = {"exclude": [["[data-live-announcer]"]]}
# The page has nothing to do; long tasks of a busy machine are waited for, but not for ever.
_IDLE = "() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 2_000 }))"
_LOOK_AGAIN_MS = 40
# The heading of the screen that is left is marked, so that the next one can be told from it.
_GO = """(path) => {
  if (location.pathname !== new URL(path, location.href).pathname) {
    document.querySelector("main#content h1")?.setAttribute("data-left", "");
  }
  history.pushState(null, "", path);
}"""


def chromium() -> Path | None:
    """Return Chromium's path: `CHROMIUM`, or the command of the distribution; None if there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


_unanswered: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def _follow(page: Page) -> None:
    """Keep the requests of a page that are under way."""
    found = _unanswered[page] = set[Request]()

    def begin(request: Request) -> None:  # Playwright takes no method of a set
        found.add(request)

    def end(request: Request) -> None:
        found.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)


@contextmanager
def open_browser(executable: Path) -> Iterator[Browser]:
    """Start Chromium, and end it with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Troubles:
    """What went wrong on the pages of a window: errors of scripts, and violations of the policy."""

    def __init__(self, context: BrowserContext, *, expiring: bool = False) -> None:
        """Listen to a window. If its token expires, a request that is refused with 401 is no trouble."""
        self.seen: list[str] = []
        self._allowed = "status of 401 " if expiring else None
        context.on("weberror", lambda error: self.seen.append(str(error.error)))
        context.on("console", lambda message: self._note(message.type, message.text))

    def _note(self, kind: str, text: str) -> None:
        # Chromium reports each refused request as an error; tests that expect refusals do not look here.
        if kind == "error" and not (self._allowed and self._allowed in text):
            self.seen.append(text)


def open_window(
    browser: Browser,
    *,
    width: int = WIDE,
    scheme: str = "light",
    locale: str = "en-GB",
    zone: str = "Europe/Berlin",
) -> BrowserContext:
    """Open a window with a profile of its own, without motion, so that no colour is half way to the next."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        timezone_id=zone,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.on("page", _follow)
    return context


def sign_in(page: Page, address: str, who: str, path: str = "") -> None:
    """Open the console as one of the demo's users, such as `vendor`, whom this window then belongs to."""
    page.goto(f"{address}/console{path}{'&' if '?' in path else '?'}as={who}")
    again = page.get_by_role("button", name="Try again")
    for _ in range(ATTEMPTS):  # on a busy machine, hashing a password may take longer than the page waits
        page.locator("main#content").or_(again).first.wait_for()
        if not again.is_visible():
            break
        again.click()
    page.locator("main#content").wait_for()


def visit(page: Page, path: str) -> None:
    """Open another screen of the signed-in user as a link does, without loading the page again."""
    page.evaluate(_GO, "/console" + path)
    page.locator("main#content h1[data-left]").wait_for(state="detached")
    settle(page)


def settle(page: Page) -> None:
    """Wait until the screen shows its data: each request has its answer, and the page is idle, twice."""
    page.locator("main#content h1, main#content h2").first.wait_for()
    calm = 0
    for _ in range(PATIENCE_MS // _LOOK_AGAIN_MS):
        page.get_by_role("status", name="…").first.wait_for(state="detached")
        page.evaluate(_IDLE)
        calm = 0 if _unanswered[page] else calm + 1
        if calm == 2:
            return
        page.wait_for_timeout(_LOOK_AGAIN_MS)
    raise AssertionError(f"still under way: {[request.url for request in _unanswered[page]]}")


def violations(page: Page) -> list[str]:
    """Return what axe finds by WCAG 2.2 A and AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN_AXE, [_WITHOUT_ANNOUNCER, _AXE_OPTIONS])
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page scrolls sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def check(page: Page) -> None:
    """Fail if axe finds something, or if the page scrolls sideways."""
    found = violations(page)
    assert found == [], found
    assert overflow(page) <= 0, page.url
