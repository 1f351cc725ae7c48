"""Texts that want to be more than texts, pages that frame the console, and clocks that are wrong."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, Error, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import NARROW, overflow, settle, sign_in
from tests.clients.console.chromium.conftest import HOUR_SECONDS
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

REVEAL = timedelta(seconds=48 * HOUR_SECONDS)
LEFT = re.compile(r"^4[5-8]m")
MARKUP = "<img src=x onerror=\"document.title='taken'\"> \u05d0\u05d1\u05d2 (1)"


def test_a_text_with_markup_and_without_blanks_is_text(server: DemoServer, window: Window) -> None:
    prospect = Person(server.address, "prospect")
    lead = prospect.publish("Eusebius", MARKUP, brief="M" * 5_000)
    page = window(width=NARROW).new_page()
    for path in ("/leads", f"/leads/{lead.lead_id}"):
        sign_in(page, server.address, "vendor", path)
        settle(page)
        expect(page.get_by_text("<img src=x onerror").first).to_be_visible()
        assert page.locator("main img").count() == 0
        assert overflow(page) <= 0
        assert "taken" not in page.title().split("<")[0]


def test_a_countdown_is_right_although_the_browsers_clock_is_three_hours_off(
    server: DemoServer, window: Window
) -> None:
    texts = []
    for wrong in (timedelta(), timedelta(hours=3), timedelta()):
        page = window().new_page()
        page.clock.install(time=datetime.now(UTC) + wrong)
        sign_in(page, server.address, "vendor", "/leads?order=CLOSING_SOONEST")
        page.get_by_role("row").nth(1).wait_for()
        countdown = page.get_by_role("row").nth(1).get_by_role("time").first
        texts.append((countdown.get_attribute("datetime"), countdown.inner_text()))
    before, seen, after = texts
    assert seen in (before, after)


def test_a_contact_opens_when_the_server_says_and_not_by_the_browsers_clock(
    own_server: DemoServer, window: Window
) -> None:
    """This machine is three hours ahead, and the reveal is 48 minutes away."""
    lead = Person(own_server.address, "prospect").publish("Theudebald", "A dome for an observatory")
    Person(own_server.address, "vendor").apply(lead.lead_id)
    page = window(expiring=True).new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=3))
    sign_in(page, own_server.address, "vendor", f"/leads/{lead.lead_id}")
    left = page.get_by_role("region", name="Contact", exact=True).get_by_role("time").first
    expect(left).to_have_text(LEFT)
    with page.expect_response(lambda answer: lead.lead_id in (answer.request.post_data or "")) as answer:
        page.clock.fast_forward(int(REVEAL.total_seconds() * 1_000))  # the server's clock has not come so far
    answer.value.finished()
    expect(left).to_have_text(LEFT)
    expect(page.get_by_text(lead.contact["email"])).to_have_count(0)
    own_server.let_pass(REVEAL)
    expect(page.get_by_text(lead.contact["email"])).to_be_visible()


def test_an_inline_script_and_a_text_as_html_are_refused(server: DemoServer, window: Window) -> None:
    page = window(calm=False).new_page()
    sign_in(page, server.address, "vendor")
    page.evaluate(
        """() => {
          window.refused = [];
          addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const script = document.createElement("script");
          try { script.text = "window.taken = true"; } catch { refused.push("text"); }
          document.body.append(script);
          try { document.body.innerHTML = "<b>taken</b>"; } catch { refused.push("html"); }
        }"""
    )
    assert page.evaluate("window.taken") is None
    assert {"text", "html"} <= set(page.evaluate("window.refused"))
    page.get_by_role("link", name="Open leads").click()
    page.get_by_role("row").nth(1).wait_for()


def test_the_console_cannot_be_framed(server: DemoServer, window: Window) -> None:
    page = window(calm=False).new_page()
    page.goto(f"{server.address}/healthz")
    page.evaluate(
        """(address) => {
          const frame = document.createElement("iframe");
          frame.onload = () => document.body.append("framed: done");
          frame.src = address;
          document.body.append(frame);
        }""",
        f"{server.address}/console/",
    )
    page.get_by_text("framed: done").wait_for()
    try:
        framed = page.frames[1].content()
    except Error:
        framed = ""
    assert "Leadgate" not in framed


def test_the_object_of_another_is_not_found_like_one_that_does_not_exist(
    server: DemoServer, window: Window
) -> None:
    page = window().new_page()
    for path in ("/leads/TGVhZDo", "/nothing/here"):
        sign_in(page, server.address, "vendor")
        page.goto(f"{server.address}/console{path}")
        expect(page.get_by_role("heading", name="Not found")).to_be_visible()
