"""When a company cannot be reached, and who its VIP callers are: for owners, and what agents see of it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.clients.console.chromium.api import NOW, Person
from tests.clients.console.chromium.browser import check, settle, sign_in, visit
from tests.clients.console.chromium.keys import press, tab_until
from tests.clients.console.chromium.test_calls import answer
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

TAKES_ALL = ("Tomas Reinholt", "Nora Dahlke", "Mira Osterwald")  # Vera takes the calls of VIPs only
HOLIDAYS = {"01-01", "03-08", "05-01", "10-03", "12-25", "12-26"}  # of Berlin that may be a Wednesday
GAPS = "Times in which nobody can be reached"


def a_wednesday(server: DemoServer) -> date:
    """Return a day that no other test has to do with, by the server's clock, and that is no holiday."""
    now = datetime.fromisoformat(Person(server.address, "vendor").run(NOW)["service"]["now"])
    day = now.date() + timedelta(days=45 - now.isoweekday())
    return day + timedelta(days=7) if f"{day:%m-%d}" in HOLIDAYS else day


def add_absence(page: Page, name: str, day: date, text: str) -> None:
    """Enter the absence of an employee on one day, on the screen of absences."""
    card = page.get_by_role("region", name=name)
    card.get_by_role("button", name="Add an absence").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What callers are told").fill(text)
    dialog.get_by_label("First day").fill(day.isoformat())
    dialog.get_by_role("button", name="Add an absence").click()
    dialog.wait_for(state="detached")


def test_an_absence_of_all_makes_a_gap_which_somebody_who_stays_closes(
    server: DemoServer, window: Window
) -> None:
    """A deputy needs no rule of its own: whoever takes calls closes the gap."""
    day, text = a_wednesday(server), f"at the trade fair {uuid4().hex[:6]}"
    week = f"/calls/coverage?week={day - timedelta(days=2)}"
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/calls")
    settle(page)
    page.get_by_role("link", name="Absences").click()
    for name in TAKES_ALL:
        add_absence(page, name, day, text)
    visit(page, week)
    strip = page.get_by_role("row").filter(has_text=f"Wed {day.day} ")
    expect(strip).to_contain_text("24h without anybody")
    covered = page.get_by_role("term").filter(has_text="Expected time covered")
    share = covered.locator("xpath=following-sibling::*[1]")
    expect(share).to_have_text(re.compile("^[78][0-9]%$"))  # five of six days; fewer with other holidays
    gap = page.get_by_role("grid", name=GAPS).get_by_role("row").nth(1)
    expect(gap).to_contain_text("has an appointment and is away. 3 employees")
    expect(gap).to_contain_text("wants only VIPs")
    check(page)

    page.get_by_role("button", name="Who calls").click()
    page.get_by_role("option", name="A VIP caller").click()
    expect(strip).not_to_contain_text("24h")
    page.get_by_role("button", name="Clear filters").click()
    expect(gap).to_contain_text("3 employees")

    page.get_by_role("link", name="Change absences").click()
    card = page.get_by_role("region", name=TAKES_ALL[0])
    card.get_by_role("button", name=f"Delete “{text}”").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete", exact=True).click()
    expect(card.get_by_text(text)).to_have_count(0)
    visit(page, week)
    expect(page.get_by_text("No gaps in this week")).to_be_visible()
    expect(strip).to_contain_text("covered")
    expect(share).to_have_text("100%")


def test_weeks_are_turned_by_keyboard_and_stay_in_the_address(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/calls/coverage")
    settle(page)
    expect(page.get_by_role("row").filter(has_text="today")).to_have_count(1)
    later = page.get_by_role("button", name="Next week")
    press(later)
    expect(page.get_by_role("row").filter(has_text="today")).to_have_count(0)
    expect(later).to_be_focused()
    heading = page.get_by_role("heading", name="Week of").inner_text()
    page.reload()
    expect(page.get_by_role("heading", name="Week of")).to_have_text(heading)
    press(page.get_by_role("button", name="This week"))
    expect(page.get_by_role("button", name="This week")).to_be_focused()
    expect(page.get_by_role("row").filter(has_text="today")).to_have_count(1)
    visit(page, "/calls/coverage?week=9999-12-27")
    expect(later).to_be_disabled()


def test_gaps_that_were_cut_and_weeks_without_hours_are_said(server: DemoServer, window: Window) -> None:
    changes: dict[str, object] = {"truncated": True}

    def change(route: Route) -> None:
        response = route.fetch()
        found = response.json()
        if found.get("data", {}).get("callCoverage"):
            found["data"]["callCoverage"].update(changes)
        route.fulfill(response=response, json=found)

    page = window().new_page()
    page.route("**/graphql", change)
    sign_in(page, server.address, "vendor", "/calls/coverage?expected=always")
    expect(page.get_by_text("gaps: only the first")).to_be_visible()
    changes |= {"truncated": False, "gaps": [], "expected": [], "expectedSeconds": 0, "reachableSeconds": 0}
    page.get_by_role("button", name="Next week").click()
    expect(page.get_by_text("Nobody is expected in this week")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="nobody expected")).to_have_count(7)


def test_a_company_without_a_secretariat_is_told_so(server: DemoServer, window: Window) -> None:
    page = window(calm=False).new_page()
    sign_in(page, server.address, "rival", "/calls/coverage")
    expect(page.get_by_text("No phone secretariat yet")).to_be_visible()
    visit(page, "/calls/vips")
    expect(page.get_by_text("No phone secretariat yet")).to_be_visible()


def test_an_owner_adds_a_vip_whom_the_agent_then_knows_changes_and_removes_it(
    server: DemoServer, window: Window
) -> None:
    """A number that has an entry is refused at the field, without the id that programs get."""
    name, number = f"Theatre {uuid4().hex[:6]}", f"+49 30 231256{uuid4().int % 90 + 10}"
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/calls")
    settle(page)
    page.get_by_role("link", name="VIP callers").click()
    page.get_by_role("grid", name="VIP callers").wait_for()
    tab_until(page.get_by_role("button", name="Add a caller"))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).first.fill(name)
    field = dialog.get_by_role("textbox", name="Number")
    field.fill("+49 30 23125 666")  # Golden Directory's
    dialog.get_by_label("Note for agents").fill("Opens a new house in spring.")
    dialog.get_by_role("button", name="Add a caller").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_text("There is already an entry for this number. Search for it")).to_be_visible()
    check(page)
    field.fill("110")
    dialog.get_by_role("button", name="Add a caller").click()
    expect(dialog.get_by_text("Is an emergency or short number")).to_be_visible()
    field.fill(number)
    dialog.get_by_role("button", name="Add a caller").click()
    dialog.wait_for(state="detached")
    row = page.get_by_role("grid", name="VIP callers").get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text(number.replace(" ", ""))

    agent = window().new_page()
    sign_in(agent, server.address, "agent", "/calls")
    settle(agent)
    answer(agent, number)
    expect(agent.get_by_text(f"Important caller: {name}")).to_be_visible()
    expect(agent.get_by_text("Opens a new house in spring.")).to_be_visible()

    row.get_by_role("button", name="Change").click()
    dialog.get_by_role("button", name="Treatment").click()
    page.get_by_role("option", name="Unwanted").click()
    dialog.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("Unwanted")
    row.get_by_role("button", name="Remove").click()
    asked = page.get_by_role("alertdialog", name="Remove")
    expect(asked).to_contain_text("cannot be restored")
    asked.get_by_role("button", name="Remove", exact=True).click()
    expect(row).to_have_count(0)
