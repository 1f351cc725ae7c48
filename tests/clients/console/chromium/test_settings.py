"""What is sent to a user and where: preferences, devices, the calendar, webhooks, the list."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.clients.console.chromium.api import DEVICE, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.support.demo_server import DemoServer
from tests.support.push_service import Browser

Window = Callable[..., BrowserContext]
# Where nobody listens; the server lets webhooks go there (`conftest.server`).
ADDRESS = "https://127.0.0.1:9/leadgate"


def confirm(page: Page, name: str) -> None:
    """Answer the question that a deed asks once more."""
    page.get_by_role("alertdialog", name=name).get_by_role("button", name=name).click()


def open_settings(page: Page, server: DemoServer, who: str = "vendor") -> None:
    """Open the settings of one of the demo's users."""
    sign_in(page, server.address, who, "/settings")
    settle(page)


def test_a_preference_is_kept_and_what_cannot_be_switched_off_says_why(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW).new_page()
    open_settings(page, server, "prospect")
    box = page.get_by_role("checkbox", name="Leads: Push")
    expect(box).to_be_checked()
    box.press("Space")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(box).not_to_be_checked()
    messages = page.get_by_role("region", name="Messages to you")
    row = messages.get_by_role("row").filter(has_text="Meetings")
    expect(row.get_by_role("checkbox")).to_have_count(0)
    expect(row).to_contain_text("Always sent")
    expect(messages).to_contain_text("The contract or the law requires these messages.")
    settle(page)
    check(page)
    box.press("Space")
    expect(box).to_be_checked()


def test_the_address_of_the_calendar_is_shown_once_and_can_be_revoked(
    server: DemoServer, window: Window
) -> None:
    context = window()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_settings(page, server, "prospect")
    page.get_by_role("button", name="Make an address").click()
    secret = page.get_by_role("status", name="Address of the calendar")
    address = secret.get_by_text(re.compile("^https?://")).inner_text()
    secret.get_by_role("button", name="Copy: Address of the calendar").click()
    expect(secret.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    check(page)
    page.reload()
    expect(page.get_by_text("Last read")).to_be_visible()
    expect(page.get_by_text(address)).to_have_count(0)
    page.get_by_role("button", name="Revoke the address").click()
    confirm(page, "Revoke the address")
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()


def test_a_device_is_listed_and_removed(server: DemoServer, window: Window) -> None:
    browser = Browser()
    keys = {"address": f"https://fcm.googleapis.com{browser.path}", **browser.keys}
    Person(server.address, "rival").run(DEVICE, kind="WEB", name="Firefox on the tablet", **keys)
    page = window().new_page()
    open_settings(page, server, "rival")
    devices = page.get_by_role("list", name="Devices with push messages")
    expect(devices).to_contain_text("Firefox on the tablet")
    check(page)
    devices.get_by_role("button", name="Remove").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No device gets push messages.")).to_be_visible()


def test_an_owner_adds_a_webhook_whose_secret_is_shown_once(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    open_settings(page, server, "rival")
    page.get_by_role("button", name="Add a webhook").click()
    address = page.get_by_label("Address", exact=True)
    address.fill("http://localhost/hook")
    page.get_by_role("button", name="Add a webhook").click()
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill(ADDRESS)
    page.get_by_role("checkbox", name="Chat message").press("Space")
    check(page)
    page.get_by_role("button", name="Add a webhook").click()
    secret = page.get_by_role("status", name=f"Secret of {ADDRESS}")
    first = secret.get_by_text(re.compile("^whsec_")).inner_text()
    check(page)
    secret.get_by_role("button", name="I have stored it").click()
    expect(page.get_by_text(first)).to_have_count(0)
    page.reload()
    hook = page.get_by_role("list", name="Webhooks").get_by_role("listitem").filter(has_text=ADDRESS)
    expect(hook).to_contain_text("Active")
    expect(hook).to_contain_text("Contact revealed")
    expect(hook).not_to_contain_text("Chat message")
    assert first not in page.content()

    hook.get_by_role("button", name="Replace the secret").click()
    confirm(page, "Replace the secret")
    second = secret.get_by_text(re.compile("^whsec_"))
    expect(second).to_be_visible()
    assert second.inner_text() != first
    expect(hook).to_contain_text("The previous secret signs too until")
    hook.get_by_role("button", name="Send a test").click()
    expect(hook.get_by_role("list", name="Sent last")).to_contain_text(
        re.compile("Waiting|Being sent|Given up")
    )
    hook.get_by_role("button", name="Disable").click()
    confirm(page, "Disable")
    expect(hook).to_contain_text("Disabled")
    hook.get_by_role("button", name="Delete").click()
    confirm(page, "Delete")
    expect(page.get_by_text(ADDRESS)).to_have_count(0)


def test_a_secret_whose_answer_got_lost_is_replaced_once_more(server: DemoServer, window: Window) -> None:
    """The server has replaced it, and shows it to nobody again: not even to the repeated request."""
    page = window(calm=False).new_page()
    open_settings(page, server, "rival")
    address = "https://127.0.0.1:9/lost"
    page.get_by_role("button", name="Add a webhook").click()
    page.get_by_label("Address", exact=True).fill(address)
    page.get_by_role("button", name="Add a webhook").click()
    page.get_by_role("button", name="I have stored it").click()
    lost: list[str] = []

    def take(route: Route) -> None:
        body = route.request.post_data or ""
        if "overlapHours" not in body or lost:
            route.continue_()
            return
        lost.append(body)
        route.fetch()
        route.abort()

    page.route("**/graphql", take)
    hook = page.get_by_role("list", name="Webhooks").get_by_role("listitem").filter(has_text=address)
    hook.get_by_role("button", name="Replace the secret").click()
    confirm(page, "Replace the secret")
    expect(page.get_by_role("alertdialog")).to_contain_text("The answer with the new secret got lost")
    expect(page.get_by_text("Secret replaced")).to_have_count(0)
    confirm(page, "Replace the secret")
    expect(page.get_by_text("Secret replaced")).to_be_visible()
    expect(page.get_by_role("status", name=f"Secret of {address}")).to_be_visible()
    hook.get_by_role("button", name="Delete").click()
    confirm(page, "Delete")
    expect(hook).to_have_count(0)


def test_what_was_sent_to_the_user_is_listed(server: DemoServer, window: Window) -> None:
    server.expand_messages()  # what other tests have left, so that the list begins with what follows
    lead = Person(server.address, "prospect").publish("Ursel", "A pulpit for Ursel")
    Person(server.address, "vendor").apply(lead.lead_id)
    server.expand_messages()
    page = window(width=NARROW).new_page()
    open_settings(page, server, "prospect")
    sent = page.get_by_role("grid", name="Sent to you")
    expect(sent.get_by_role("row").filter(has_text=lead.title).first).to_contain_text("Email")
    check(page)


def test_an_operator_sees_no_list_of_its_own_since_the_outbox_has_all(
    server: DemoServer, window: Window
) -> None:
    page = window().new_page()
    open_settings(page, server, "operator")
    expect(page.get_by_role("region", name="Messages to you")).to_be_visible()
    expect(page.get_by_role("region", name="Sent to you")).to_have_count(0)
    expect(page.get_by_role("region", name="Webhooks")).to_have_count(0)
    check(page)
