"""Every screen: accessible, in both colours and four languages, and no wider than the window."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.clients.console.chromium.api import SETTINGS, Person
from tests.clients.console.chromium.browser import NARROW, WIDE, check, overflow, settle, sign_in, violations
from tests.clients.console.chromium.screens import SCREENS
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

WIDEST = 2560
SIGN_IN = {"en": "Sign in", "de": "Anmelden", "pl": "Zaloguj się", "ro": "Autentificare"}
LOOKS = (
    ("en", "light", WIDE),
    ("en", "dark", NARROW),
    ("de", "light", NARROW),
    ("pl", "dark", WIDE),
    ("ro", "light", NARROW),
)


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_each_screen_is_accessible(
    language: str, scheme: str, width: int, server: DemoServer, window: Window
) -> None:
    people = sorted({screen.who for screen in SCREENS})
    for who in people:
        Person(server.address, who).run(SETTINGS, locale=language)
    try:
        page = window(scheme=scheme, width=width).new_page()
        for screen in SCREENS:
            sign_in(page, server.address, screen.who, screen.path)
            expect(page.locator("html")).to_have_attribute("lang", language)
            settle(page)
            if screen.open_first:
                page.get_by_role("row").nth(1).click()
                page.wait_for_url(f"**{screen.path}/*")
                settle(page)
            check(page)
    finally:
        for who in people:
            Person(server.address, who).run(SETTINGS, locale="en")


@pytest.mark.parametrize("language", SIGN_IN)
def test_the_sign_in_speaks_the_browsers_language(language: str, server: DemoServer, window: Window) -> None:
    page = window(locale=language, scheme="dark", width=NARROW).new_page()
    page.goto(f"{server.address}/console/")
    expect(page.get_by_role("heading", level=1)).to_have_text(SIGN_IN[language])
    page.get_by_role("button", name="Vera Lindqvist").wait_for()
    check(page)


def test_the_widest_window_is_used_without_scrolling_sideways(server: DemoServer, window: Window) -> None:
    page = window(width=WIDEST).new_page()
    for screen in SCREENS:
        sign_in(page, server.address, screen.who, screen.path)
        settle(page)
        assert overflow(page) <= 0


def test_the_chosen_colours_and_the_language_are_kept(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "rival", "/settings")
    page.get_by_label("Colours").click()
    page.get_by_role("option", name="Dark").click()
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Deutsch").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Einstellungen")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Einstellungen")
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    Person(server.address, "rival").run(SETTINGS, locale="en")


def test_the_checks_find_what_is_wrong(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor")
    settle(page)
    check(page)
    page.evaluate("[...document.images].forEach((image) => image.removeAttribute('alt'))")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    page.evaluate("document.querySelector('h1').style.width = '3000px'")
    assert {one.partition(":")[0] for one in violations(page)} >= {"image-alt", "color-contrast"}
    assert overflow(page) > 0


def test_a_screen_costs_at_most_two_requests_and_a_tenth_of_the_limit(
    server: DemoServer, window: Window
) -> None:
    """Beside the sign-in: one is for the frame, and one for the screen."""
    page = window().new_page()
    answers: list[dict[str, Any]] = []

    def take(route: Route) -> None:
        response = route.fetch()
        answers.append(response.json())
        route.fulfill(response=response)

    page.route("**/graphql", take)
    for screen in (one for one in SCREENS if not one.open_first):
        answers.clear()
        sign_in(page, server.address, screen.who, screen.path)
        settle(page)
        read = [answer for answer in answers if "signIn" not in answer["data"]]
        costs = [answer["extensions"]["cost"] for answer in read]
        assert 1 <= len(read) <= 2, screen
        assert all(cost["requested"] <= cost["limit"] / 10 for cost in costs), (screen, costs)
