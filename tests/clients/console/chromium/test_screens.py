"""Every screen: accessible, in both colours and four languages, and no wider than the window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.clients.console.chromium.api import SETTINGS, Person
from tests.clients.console.chromium.browser import NARROW, WIDE, check, overflow, settle, sign_in, violations
from tests.clients.console.chromium.screens import PEOPLE, of, walk
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

WIDEST = 2560
BETWEEN = (800, 1_100, 1_280)  # of windows beside others, and of small laptops
HEIGHT = 900
# The tables that are wider than what they stand in: they scroll, or hide their last columns.
_TOO_WIDE = """() => [...document.querySelectorAll("[role=grid]")]
  .filter(({ parentElement: frame }) => frame.scrollWidth > frame.clientWidth + 1)
  .map((table) => table.getAttribute("aria-label"))"""
DEEDS = {"signIn", "chatRead"}  # what a page does by itself beside reading
SIGN_IN = {"en": "Sign in", "de": "Anmelden", "pl": "Zaloguj się", "ro": "Autentificare"}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_screen_is_accessible_in_both_colours_fits_each_width_and_costs_little(
    who: str, server: DemoServer, window: Window
) -> None:
    """At most a screen's share of the limit, and one request; with the first, another one for the frame."""
    page = window().new_page()
    answers: list[Response] = []
    asked = 0
    page.on("response", lambda response: answers.append(response) if is_graphql(response) else None)
    for number, screen in enumerate(walk(page, server.address, who, of(who))):
        found = [response.json() for response in answers]
        costs = [answer["extensions"]["cost"] for answer in found]
        assert all(cost["requested"] <= cost["limit"] * screen.share for cost in costs), (screen, costs)
        if not screen.open_first:
            beside = [answer for answer in found if not answer["data"].keys() & DEEDS]
            assert len(beside) <= (2 if number == 0 else 1), (screen, [list(one["data"]) for one in beside])
            asked += len(beside)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDEST, "height": HEIGHT})
        assert overflow(page) <= 0, screen
        for width in BETWEEN:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.evaluate(_TOO_WIDE) == [], (screen, width)
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        check(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        check(page)
        answers.clear()
    assert asked >= len(of(who)) / 2  # a form asks nothing


def is_graphql(response: Response) -> bool:
    """Whether a response is one of the API's."""
    return response.url.endswith("/graphql")


@pytest.mark.parametrize("language", [language for language in SIGN_IN if language != "en"])
def test_each_screen_fits_in_each_language(language: str, server: DemoServer, window: Window) -> None:
    """Colours, names and roles are the same in all of them; the lengths of their words are not."""
    try:
        for who in PEOPLE:
            Person(server.address, who).run(SETTINGS, locale=language)
            page = window(width=NARROW).new_page()
            for screen in walk(page, server.address, who, of(who)):
                expect(page.locator("html")).to_have_attribute("lang", language)
                assert overflow(page) <= 0, screen
                page.set_viewport_size({"width": WIDE, "height": HEIGHT})
                assert overflow(page) <= 0, screen
                page.set_viewport_size({"width": NARROW, "height": HEIGHT})
            page.close()
    finally:
        for who in PEOPLE:
            Person(server.address, who).run(SETTINGS, locale="en")


@pytest.mark.parametrize("language", SIGN_IN)
def test_the_sign_in_speaks_the_browsers_language(language: str, server: DemoServer, window: Window) -> None:
    page = window(locale=language, scheme="dark", width=NARROW).new_page()
    page.goto(f"{server.address}/console/")
    expect(page.get_by_role("heading", level=1)).to_have_text(SIGN_IN[language])
    page.get_by_role("button", name="Vera Lindqvist").wait_for()
    check(page)


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
