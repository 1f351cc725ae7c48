"""The screens of the console, for the tests that look at all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.clients.console.chromium.browser import settle, sign_in, visit


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of one of the demo's users; `open_first` follows the first row of its list.

    `share` is how much of the limit of one operation its reading may cost.
    """

    name: str
    who: str
    path: str
    open_first: bool = False
    share: float = 0.1


SCREENS = (
    Screen("vendor-desk", "vendor", "/"),
    Screen("vendor-leads", "vendor", "/leads"),
    Screen("vendor-lead", "vendor", "/leads", open_first=True),
    Screen("vendor-applications", "vendor", "/applications"),
    Screen("vendor-application", "vendor", "/applications", open_first=True),
    Screen("vendor-contacts", "vendor", "/contacts"),
    Screen("vendor-complaints", "vendor", "/complaints"),
    Screen("vendor-complain", "vendor", "/complaints/new"),
    Screen("vendor-points", "vendor", "/points"),
    Screen("vendor-statistics", "vendor", "/statistics"),
    Screen("vendor-files", "vendor", "/files"),
    Screen("vendor-notices", "vendor", "/notices"),
    Screen("vendor-settings", "vendor", "/settings"),
    Screen("prospect-desk", "prospect", "/"),
    Screen("prospect-inbox", "prospect", "/applications"),
    Screen("prospect-application", "prospect", "/applications", open_first=True),
    Screen("prospect-leads", "prospect", "/leads"),
    Screen("prospect-publish", "prospect", "/leads/new"),
    Screen("prospect-disclosures", "prospect", "/disclosures"),
    Screen("prospect-notices", "prospect", "/notices"),
    Screen("prospect-settings", "prospect", "/settings"),
    Screen("operator-desk", "operator", "/"),
    Screen("operator-complaints", "operator", "/complaints"),
    Screen("operator-decisions", "operator", "/decisions"),
    Screen("operator-decision", "operator", "/decisions", open_first=True),
    Screen("operator-looks", "operator", "/decisions/looks"),
    Screen("operator-policies", "operator", "/policies?market=demo"),
    Screen("operator-policy-new", "operator", "/policies/new?market=demo"),
    Screen("operator-outbox", "operator", "/outbox"),
    Screen("operator-fairness", "operator", "/fairness"),
    Screen("operator-statistics", "operator", "/statistics"),
    Screen("operator-health", "operator", "/health"),
    Screen("operator-leads", "operator", "/leads"),
    Screen("operator-lead", "operator", "/leads", open_first=True),
    Screen("operator-publish", "operator", "/leads/new"),
    Screen("operator-import", "operator", "/leads/import"),
    Screen("operator-accounts", "operator", "/accounts"),
    Screen("operator-account", "operator", "/accounts", open_first=True),
    Screen("operator-register", "operator", "/disclosures"),
    Screen("agent-desk", "agent", "/"),
    Screen("agent-calls", "agent", "/calls"),
    Screen("vendor-calls", "vendor", "/calls"),
    Screen("vendor-absences", "vendor", "/calls/absences"),
    Screen("vendor-coverage", "vendor", "/calls/coverage", share=0.7),  # as for 31 days of 2,000 employees
    Screen("vendor-vips", "vendor", "/calls/vips"),
    Screen("vendor-call-statistics", "vendor", "/calls/statistics"),
)

PEOPLE = tuple(dict.fromkeys(screen.who for screen in SCREENS))


def of(who: str) -> list[Screen]:
    """Return the screens of one of the demo's users."""
    return [screen for screen in SCREENS if screen.who == who]


def walk(page: Page, address: str, who: str, screens: Sequence[Screen]) -> Iterator[Screen]:
    """Sign in as one of the demo's users and open these screens, one after another."""
    for number, screen in enumerate(screens):
        if number == 0:
            sign_in(page, address, who, screen.path)
            settle(page)
        else:
            visit(page, screen.path)
        if screen.open_first:
            open_first(page, screen)
        yield screen


def open_first(page: Page, screen: Screen) -> None:
    """Follow the first row of a screen's list."""
    page.evaluate("document.querySelector('main#content h1').dataset.left = ''")
    page.get_by_role("row").nth(1).click()
    page.wait_for_url(f"**{screen.path}/*")
    page.locator("main#content h1[data-left]").wait_for(state="detached")
    settle(page)
