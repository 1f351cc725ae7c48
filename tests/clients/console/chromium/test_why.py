"""What stands under "Why?": words of the user's language, and nothing that only a program writes."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.clients.console.chromium.api import SETTINGS, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.test_calls import KINDERGARTEN, answer
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
# snake_case, comparisons, truth values, and members of enums such as NOT_SET or ERASED.
OF_PROGRAMS = re.compile(r"[A-Za-z]_[A-Za-z]|==|>=|<=|\b(true|false|null)\b|\b[A-Z]{5,}\b")


def opened(page: Page, label: str = "Why?") -> list[Locator]:
    """Open each "Why?" of the page; returns what is under them."""
    found = page.get_by_role("button", name=label)
    expect(found.first).to_be_visible()
    panels = []
    for number in range(found.count()):
        found.nth(number).click()
        expect(found.nth(number)).to_have_attribute("aria-expanded", "true")
        panels.append(page.locator(f"id={found.nth(number).get_attribute('aria-controls')}"))
    return panels


def test_a_vendor_reads_why_in_words(server: DemoServer, window: Window) -> None:
    """While the prospect can answer, and of the refund after a decline."""
    prospect, title = Person(server.address, "prospect"), f"A weathercock {uuid4().hex[:6]}"
    lead = prospect.publish("Wigbert", title)
    Person(server.address, "vendor").apply(lead.lead_id)
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/applications")
    page.get_by_role("row").filter(has_text=title).first.click()
    page.get_by_role("heading", name=title, level=1).wait_for()
    settle(page)
    hidden, refund = opened(page)
    facts = hidden.get_by_role("list", name="Facts")
    expect(facts).to_contain_text("Answer of the prospect: None yet")
    expect(facts).to_contain_text(re.compile(r"Receipt of the application: \d{1,2} \w+ \d{4}, \d\d:\d\d"))
    expect(hidden).to_contain_text("Not met: Answer of the prospect: Accepted")
    for panel in (hidden, refund):
        expect(panel).not_to_contain_text(OF_PROGRAMS)
    check(page)
    page.set_viewport_size({"width": NARROW, "height": 900})
    check(page)
    prospect.decline(lead.lead_id)
    page.reload()
    settle(page)
    for panel in opened(page):
        expect(panel).to_contain_text("Answer of the prospect: Declined")
        expect(panel).not_to_contain_text(OF_PROGRAMS)


@pytest.mark.parametrize(
    ("language", "why", "said"),
    [
        ("de", "Warum?", ["Betrachter: Anbieter", "Der Interessent hat zugesagt."]),
        ("pl", "Dlaczego?", ["Kto ogląda: Usługodawca", "Klient zaakceptował"]),
        ("ro", "De ce?", ["Cine privește: Furnizor", "Clientul a acceptat"]),
    ],
)
def test_facts_and_other_rules_are_in_the_vendors_language(
    server: DemoServer, window: Window, language: str, why: str, said: list[str]
) -> None:
    title = f"A sundial {uuid4().hex[:6]}"
    lead = Person(server.address, "prospect").publish("Wendelin", title)
    vendor = Person(server.address, "vendor")
    vendor.apply(lead.lead_id)
    vendor.run(SETTINGS, locale=language)
    try:
        page = window().new_page()
        sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
        settle(page)
        (panel,) = opened(page, why)
        for text in said:
            expect(panel).to_contain_text(text)
        expect(panel).not_to_contain_text(OF_PROGRAMS)
        expect(panel).not_to_contain_text("The prospect")
    finally:
        vendor.run(SETTINGS, locale="en")


def test_an_agent_reads_why_somebody_is_tried_in_words(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "agent", "/calls")
    settle(page)
    answer(page, KINDERGARTEN)
    page.get_by_role("button", name="The caller wants").click()
    page.get_by_role("option", name="Tomas Reinholt").click()
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    settle(page)
    panels = opened(page)
    routes = [one for one in panels if "Plan includes transfers: yes" in one.inner_text()]
    assert routes
    for panel in panels:
        expect(panel.get_by_role("list", name="Facts").get_by_role("listitem").first).to_be_visible()
        expect(panel).to_contain_text("Not met: ")
        expect(panel).not_to_contain_text(OF_PROGRAMS)
    check(page)
