"""The operator's work in the demo: a complaint that waits, a notice that was refused, the books' report."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from jobs.sending import Sender
from models.base.database import connection, fetch
from models.messages.channels.configured import MAIL_FOLDER, sending_context
from models.messages.channels.mail import MailForm
from models.messages.channels.mail_file import MailFiles
from models.seed.operators_work import DISPUTED_LEAD, UNREACHABLE_LEAD
from tests.clients.console.chromium.browser import check, settle, sign_in
from tests.clients.console.chromium.keys import press
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def number_of_the_complaint(server: DemoServer) -> str:
    """Return the number of the complaint that the demo begins with."""

    async def find() -> str:
        (row,) = await fetch(
            connection(),
            """SELECT complaint.number FROM complaint_item
               JOIN complaint ON complaint.id = complaint_item.complaint_id
               JOIN delivery ON delivery.id = complaint_item.delivery_id
               JOIN lead ON lead.id = delivery.lead_id WHERE lead.title = $1""",
            DISPUTED_LEAD.title,
        )
        number: str = row["number"]
        return number

    return server.run(find)


def send_emails(server: DemoServer) -> None:
    """Send all emails that are due, as the demo's worker does."""
    settings = server.configured
    assert settings is not None

    async def send() -> None:
        async with server.wake() as wake:
            context = sending_context(settings, wake)
            form = MailForm(context, settings.mail_from, settings.mail_domain)
            await Sender(context, MailFiles(form, settings.var_dir / MAIL_FOLDER)).send_due()

    server.run(send)


def test_the_demos_complaint_is_decided_in_four_keys_and_the_vendor_sees_it(
    own_server: DemoServer, window: Window
) -> None:
    """Enter, A, Ctrl and Enter; the vendor's page is not loaded again."""
    number = number_of_the_complaint(own_server)
    vendor, operator = (window().new_page() for _ in range(2))
    sign_in(vendor, own_server.address, "vendor", "/complaints")
    settle(vendor)
    vendor.get_by_role("row").filter(has_text=number).click()
    vendor.get_by_role("heading", level=1, name=re.compile(number)).wait_for()
    settle(vendor)
    row = vendor.get_by_role("region", name=DISPUTED_LEAD.title)
    expect(row).to_contain_text("Under review")
    vendor.evaluate("window.neverReloaded = true")

    sign_in(operator, own_server.address, "operator", f"/complaints?number={number}")
    settle(operator)
    expect(operator.get_by_role("link", name=f"Next: {number}")).to_be_focused()
    operator.keyboard.press("Enter")
    expect(operator.get_by_role("button", name="1. Number of another person")).to_be_focused()
    settle(operator)
    check(operator)
    operator.keyboard.press("a")
    expect(operator.get_by_label("Comment to the vendor")).to_be_focused()
    operator.keyboard.press("Control+Enter")
    expect(operator.get_by_text("Decided: Accepted")).to_be_visible()

    expect(row).to_contain_text("Accepted")
    check(vendor)
    assert vendor.evaluate("window.neverReloaded === true")


def test_the_demos_refused_notice_is_explained_and_retried(own_server: DemoServer, window: Window) -> None:
    send_emails(own_server)
    page = window().new_page()
    sign_in(page, own_server.address, "operator")
    settle(page)
    press(page.get_by_role("link", name="Messages given up"))
    page.wait_for_url("**/outbox?state=DEAD")
    settle(page)
    expect(page.get_by_role("row").filter(has_text="r***.example")).to_contain_text(
        "The provider refused the message permanently"
    )
    press(page.get_by_role("row").filter(has_text="r***.example"))
    page.get_by_role("heading", name="What follows from the last attempt").wait_for()
    settle(page)
    follows = page.get_by_role("region", name="What follows from the last attempt")
    expect(follows).to_contain_text(
        "The provider refused the message permanently; repeating it would not help."
    )
    attempts = page.get_by_role("grid", name="Attempts").get_by_role("row")
    expect(attempts).to_have_count(2)
    expect(attempts.last).to_contain_text("Refused for good")
    expect(attempts.last).to_contain_text("550 5.7.1")
    check(page)

    press(page.get_by_role("button", name="Send it again"))
    press(page.get_by_role("alertdialog").get_by_role("button", name="Send it again"))
    expect(page.get_by_text("It is tried again")).to_be_visible()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()
    send_emails(own_server)
    page.reload()
    expect(attempts).to_have_count(3)
    expect(page.get_by_text(UNREACHABLE_LEAD.title).first).to_be_visible()


def test_a_notice_that_was_not_delivered_leads_to_its_message_and_to_the_lead(
    own_server: DemoServer, window: Window
) -> None:
    """From the desk's number to the person whose address is wrong, and back again."""
    send_emails(own_server)
    page = window().new_page()
    sign_in(page, own_server.address, "operator")
    settle(page)
    page.get_by_role("link", name="Notices not delivered").click()
    row = page.get_by_role("row").filter(has_text=UNREACHABLE_LEAD.title)
    row.get_by_role("link", name="The notice").click()
    page.get_by_role("heading", level=1, name="Who received the contact data").wait_for()
    page.get_by_role("region", name="Details").get_by_role("link", name="Open").click()
    page.get_by_role("heading", level=1, name=UNREACHABLE_LEAD.title).wait_for()
    page.go_back()
    page.go_back()
    row.get_by_role("link", name=UNREACHABLE_LEAD.title).click()
    page.get_by_role("heading", level=1, name=UNREACHABLE_LEAD.title).wait_for()


def test_the_demo_has_been_reconciled(own_server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, own_server.address, "operator", "/health")
    settle(page)
    sign = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Last reconciliation"))
    expect(sign.get_by_role("time").or_(sign.get_by_text(re.compile(r"\d{1,2}:\d\d"))).first).to_be_visible()
    expect(sign).not_to_contain_text("never")
