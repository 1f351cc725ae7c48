"""`make console-picture`: writes the picture with which README.md begins, of a vendor's desk in the demo."""

import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.clients.console.chromium.api import ACCOUNT, Person
from tests.clients.console.chromium.browser import (
    COMMAND,
    WIDE,
    chromium,
    open_browser,
    open_window,
    settle,
    sign_in,
)
from tests.support.demo_server import ROOT, demo_server

PICTURE = ROOT / "docs" / "console.webp"
HEIGHT, SCALE, QUALITY = 1060, 1.5, 82
MOST_BYTES = 200_000


def main() -> int:
    """Write the picture, of a new demo, or of the one at `CONSOLE_SERVER`."""
    executable = chromium()
    if executable is None:
        sys.stdout.write(f"Chromium is not installed: {COMMAND}\n")
        return 1
    with _demo() as address, open_browser(executable) as browser:
        _let_things_wait(address)
        with open_window(browser) as context:
            page = context.new_page()
            page.set_viewport_size({"width": WIDE, "height": HEIGHT})
            sign_in(page, address, "vendor")
            settle(page)
            _dismiss(page)
            picture = _picture(page)
    if len(picture) > MOST_BYTES:
        sys.stdout.write(f"The picture has {len(picture)} bytes, more than {MOST_BYTES}.\n")
        return 1
    PICTURE.write_bytes(picture)
    sys.stdout.write(f"{PICTURE}: {len(picture)} bytes\n")
    return 0


@contextmanager
def _demo() -> Iterator[str]:
    if running := os.environ.get("CONSOLE_SERVER"):
        yield running
        return
    with demo_server(rate_limit_cost_per_minute=0) as server:
        yield server.address


def _let_things_wait(address: str) -> None:
    """File a complaint, and apply for a lead: its 48 seconds run while the picture is taken."""
    prospect, vendor, operator = (Person(address, who) for who in ("prospect", "vendor", "operator"))
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    vendor.complain(
        operator.deliver(prospect.publish("Anna", "A shop for a coffee roaster").lead_id, account)
    )
    vendor.apply(prospect.publish("Bruno", "A website for a vineyard").lead_id)


def _dismiss(page: Page) -> None:
    """Dismiss what has been revealed already, so that what is due next is in the picture."""
    done = page.get_by_role("button", name="Close: Contact data revealed")
    while left := done.count():
        done.first.click()
        expect(done).to_have_count(left - 1)
    settle(page)


def _picture(page: Page) -> bytes:
    """Photograph the window as WebP, for which Playwright has no option, in more pixels."""
    devtools = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": WIDE, "height": HEIGHT, "scale": SCALE}
    found = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
    return base64.b64decode(found["data"])


if __name__ == "__main__":
    sys.exit(main())
