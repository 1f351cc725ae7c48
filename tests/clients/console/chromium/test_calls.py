"""An agent at the telephone, by keyboard alone, and what the company sees of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from models.calls.ring import ring
from models.process.wake import Silence
from models.seed.secretariat import NUMBER
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

KINDERGARTEN = "+49 30 23125 511"


def answer(page: Page, caller: str) -> None:
    """Enter a call to the demo's company that no telephone system has told of, and answer it."""
    tab_until(page.get_by_role("button", name="Enter a call"))
    page.keyboard.press("Enter")
    page.get_by_label("Number that was dialled").wait_for()
    page.keyboard.type(NUMBER)
    page.keyboard.press("Tab")
    page.keyboard.type(caller)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lindqvist Studio", exact=False).first.wait_for()
    page.wait_for_url("**/calls/*")


def test_an_agent_answers_puts_through_and_finishes_by_keyboard(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "agent", "/calls")
    settle(page)
    answer(page, KINDERGARTEN)
    expect(page.get_by_text("Agnes", exact=False).first).to_be_visible()
    tab_until(page.get_by_role("button", name="The caller wants"))
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Tomas Reinholt").wait_for()
    page.keyboard.type("Tom")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Important caller: Kita Sonnenhof")).to_be_visible()
    expect(page.get_by_text("Need not be asked of this caller.").first).to_be_visible()
    tab_until(page.get_by_role("button", name="Try now"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("If nobody answers, try the next one in")).to_be_visible()
    tab_until(page.get_by_role("button", name="No answer"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("No answer", exact=True)).to_be_visible()
    tab_until(page.get_by_role("textbox", name="Name"))
    page.keyboard.type("Ottilie Immergrün")
    tab_until(page.get_by_role("textbox", name="Concern"))
    page.keyboard.type("The children have a fever")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Call finished")).to_be_visible()
    page.wait_for_url("**/calls")
    row = page.get_by_role("row").filter(has_text="Message taken").first
    expect(row).to_contain_text("+493023125511")


def test_a_note_without_a_required_field_is_refused_at_the_field(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "agent", "/calls")
    settle(page)
    answer(page, "+49 30 23125 777")
    page.get_by_role("button", name="Finish the call").click()
    refused = page.get_by_role("textbox", name="Concern")
    expect(refused).to_have_attribute("aria-invalid", "true")
    refused.fill("An offer for a new website")
    page.reload()
    expect(page.get_by_role("textbox", name="Concern")).to_have_value("An offer for a new website")


def test_the_page_of_a_call_is_accessible_and_narrow(server: DemoServer, window: Window) -> None:
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "agent", "/calls")
    settle(page)
    answer(page, "")
    settle(page)
    check(page)
    expect(page.get_by_text("The number is withheld.")).to_be_visible()


def test_an_owner_adds_an_absence_and_deletes_it_after_being_asked_once_more(
    server: DemoServer, window: Window
) -> None:
    fair = f"at the trade fair {uuid4().hex[:6]}"
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/calls")
    settle(page)
    page.get_by_role("link", name="Absences").click()
    page.get_by_role("heading", name="Nora Dahlke").wait_for()
    card = page.get_by_role("region", name="Nora Dahlke")
    tab_until(card.get_by_role("button", name="Add an absence"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What callers are told").fill(fair)
    dialog.get_by_label("First day").fill((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    dialog.get_by_role("button", name="Add an absence").click()
    # What callers hear has the text as well, once it has begun.
    absence = card.get_by_role("listitem").filter(has_text=fair)
    expect(absence).to_be_visible()
    card.get_by_role("button", name=f"Delete “{fair}”").click()
    expect(page.get_by_role("alertdialog", name="Delete")).to_contain_text("cannot be restored")
    page.get_by_role("alertdialog", name="Delete").get_by_role("button", name="Delete", exact=True).click()
    expect(absence).to_have_count(0)


def test_an_owner_sees_a_call_and_its_numbers(server: DemoServer, window: Window) -> None:
    """The board changes by itself while the agent answers."""
    owner, agent = window().new_page(), window().new_page()
    sign_in(owner, server.address, "vendor", "/calls")
    settle(owner)
    sign_in(agent, server.address, "agent", "/calls")
    settle(agent)
    answer(agent, "+49 30 23125 779")
    row = owner.get_by_role("row").filter(has_text="+493023125779").first
    expect(row).to_contain_text("Talking")
    owner.get_by_role("main").get_by_role("link", name="Statistics").click()
    owner.get_by_role("heading", name="Calls by hour of the day").wait_for()
    hours = owner.get_by_role("table", name="Calls by hour of the day").get_by_role("row")
    shown = sum(int(text.split()[-1]) for text in hours.all_inner_texts())
    total = owner.get_by_role("term").filter(has_text="Calls").locator("xpath=following-sibling::*[1]")
    expect(total).to_have_text(str(shown))


def test_a_call_that_rings_for_somebody_is_shown_with_the_routes_to_them(
    own_server: DemoServer, window: Window
) -> None:
    """After the answer and a reload; once it has ended, whom the agent tried stands in their place."""
    caller = "+493023125416"
    own_server.run(lambda: ring(Silence(), dialled=NUMBER, caller=caller, wanted="Mira Osterwald"))
    page = window().new_page()
    sign_in(page, own_server.address, "agent", "/calls")
    page.get_by_role("listitem").filter(has_text=caller).get_by_role("button", name="Answer").click()
    page.wait_for_url("**/calls/*")
    for _ in range(2):
        expect(page.get_by_role("button", name="The caller wants")).to_contain_text("Mira Osterwald")
        expect(page.get_by_text("Tell the caller: on holiday")).to_be_visible()
        page.reload()
    page.get_by_role("textbox", name="Name", exact=True).fill("Paula Reger")
    page.get_by_role("textbox", name="Company", exact=True).fill("Harbour Museum")
    page.get_by_role("textbox", name="Concern").fill("The shop is down.")
    page.get_by_role("button", name="Finish the call").click()
    expect(page.get_by_text("Mira Osterwald gets the note by email", exact=False)).to_be_visible()
    page.get_by_role("row").filter(has_text=caller).first.click()
    expect(page.get_by_role("heading", name="Who was tried")).to_be_visible()
    expect(page.get_by_text("Nobody was tried.")).to_be_visible()
    expect(page.get_by_text("Whom to try")).to_have_count(0)


def test_an_owner_opens_a_call_and_sees_who_was_told_and_why(own_server: DemoServer, window: Window) -> None:
    caller = "+493023125415"
    own_server.run(lambda: ring(Silence(), dialled=NUMBER, caller=caller, wanted="Tomas Reinholt"))
    agent, owner = window().new_page(), window().new_page()
    sign_in(agent, own_server.address, "agent", "/calls")
    agent.get_by_role("listitem").filter(has_text=caller).get_by_role("button", name="Answer").click()
    agent.get_by_role("textbox", name="Name", exact=True).fill("Paula Reger")
    agent.get_by_role("textbox", name="Company", exact=True).fill("Harbour Museum")
    agent.get_by_role("textbox", name="Concern").fill("The exhibition opens on Friday.")
    agent.get_by_role("button", name="Finish the call").click()
    expect(agent.get_by_text("Tomas Reinholt gets the note by email, and a text message.")).to_be_visible()
    sign_in(owner, own_server.address, "vendor", "/calls")
    owner.get_by_role("row").filter(has_text="The exhibition opens on Friday.").first.click()
    expect(owner.get_by_role("heading", name=caller)).to_be_visible()
    told = owner.get_by_role("grid", name="Who was told").get_by_role("row")
    expect(told.filter(has_text="Text message")).to_contain_text("VIP")
    expect(told.filter(has_text="Email")).to_have_count(1)
    settle(owner)
    check(owner)
    owner.goto(f"{own_server.address}/console/calls/statistics")
    expect(owner.get_by_role("term").filter(has_text="Text messages")).to_be_visible()
