"""What complaints are decided by: evidence in words, and contact values that can be copied."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.clients.console.chromium.api import ACCOUNT, COMPLAIN, SETTINGS, Person
from tests.clients.console.chromium.browser import check, settle, sign_in
from tests.clients.console.chromium.test_complaints import received
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
NUMBER = {
    "en": "The numbering plan has the number; whether it is assigned is unknown.",
    "de": "Der Nummernplan kennt die Nummer; ob sie vergeben ist, ist nicht bekannt.",
    "pl": "Plan numeracji zawiera ten numer; nie wiadomo, czy jest przydzielony.",
    "ro": "Planul de numerotare conține numărul; nu se știe dacă este alocat.",
}
# Refuses the clipboard's interface, as browsers do where the page is not served over HTTPS.
NO_CLIPBOARD = """if (navigator.clipboard) {
  navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
}"""


def complain(server: DemoServer, name: str) -> str:
    """Have the demo's vendor complain that a number does not exist; returns the complaint's id."""
    vendor, operator = Person(server.address, "vendor"), Person(server.address, "operator")
    lead = Person(server.address, "prospect").publish(name, f"A mirror for {name}")
    delivery = operator.deliver(lead.lead_id, vendor.run(ACCOUNT)["viewer"]["account"]["id"])
    item = {"deliveryId": delivery, "reason": "NUMBER_DOES_NOT_EXIST", "explanation": "It rings nowhere."}
    complaint: str = vendor.run(COMPLAIN, items=[item], idempotencyKey=uuid4().hex)["complaintFile"][
        "complaint"
    ]["id"]
    return complaint


@pytest.mark.parametrize("language", NUMBER)
def test_evidence_is_worded_for_both_sides(language: str, server: DemoServer, window: Window) -> None:
    complaint = complain(server, {"en": "Notker", "de": "Odilo", "pl": "Pirmin", "ro": "Quirin"}[language])
    for who in ("vendor", "operator"):
        person = Person(server.address, who)
        person.run(SETTINGS, locale=language)
        try:
            page = window().new_page()
            sign_in(page, server.address, who, f"/complaints/{complaint}")
            expect(page.get_by_text(NUMBER[language])).to_be_visible()
            assert "VALID_NOT_ASSIGNED" not in page.locator("main").inner_text()
            settle(page)
            check(page)
        finally:
            person.run(SETTINGS, locale="en")


@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "selection"])
def test_a_contact_value_is_copied_and_the_page_says_so(
    allowed: bool, server: DemoServer, window: Window
) -> None:
    lead = received(server, "Adelheid" if allowed else "Apollonia", "A lantern for a lighthouse")
    context = window()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not allowed:
        context.add_init_script(NO_CLIPBOARD)
    page = context.new_page()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    for name, value in (("Phone", lead.contact["phone"]), ("Email", lead.contact["email"])):
        button = page.get_by_role("button", name=f"Copy: {name}")
        button.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Copied").first).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == value
        expect(button).to_be_focused()
    settle(page)
    check(page)
