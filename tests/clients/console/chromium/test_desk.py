"""The desk of each role: its numbers are those of the rows that they lead to, and change while it is open."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.clients.console.chromium.api import ACCOUNT, COUNTS, Person
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
ATTEMPTS = 4  # a deadline of the demo may pass between two readings

# What each role's desk counts, by its kind, and where the rows are.
TILES = {
    "vendor": {
        "Unread notices": ("UNREAD", "/notices?unread=yes"),
        "Waiting for an answer": ("ANSWERS_WAITING", "/applications?status=PENDING"),
        "Chats with unread messages": ("CHATS_UNREAD", "/applications?unread=yes"),
        "Open complaints": ("COMPLAINTS_OPEN", "/complaints?status=OPEN"),
        "Overdue complaints": ("COMPLAINTS_OVERDUE", "/complaints?status=OVERDUE"),
        "Contacts: last week to complain": ("WINDOWS_ENDING", "/contacts?ending=7"),
    },
    "prospect": {
        "Unread notices": ("UNREAD", "/notices?unread=yes"),
        "Waiting for your answer": ("APPLICATIONS_WAITING", "/applications?status=PENDING"),
        "Chats with unread messages": ("CHATS_UNREAD", "/applications?unread=yes"),
    },
    "operator": {
        "Unread notices": ("UNREAD", "/notices?unread=yes"),
        "Open complaints": ("COMPLAINTS_OPEN", "/complaints?status=OPEN"),
        "Overdue complaints": ("COMPLAINTS_OVERDUE", "/complaints?status=OVERDUE"),
        "Messages given up": ("DISPATCHES_DEAD", "/outbox?state=DEAD"),
        "Messages that may have arrived": ("DISPATCHES_UNCERTAIN", "/outbox?state=UNCERTAIN"),
        "Notices not delivered": ("NOTICES_UNDELIVERED", "/disclosures?notice=UNDELIVERED"),
        "Overdue deadlines": ("DEADLINES_OVERDUE", "/health"),
        "Findings in the books": ("BOOKS_DISAGREE", "/health"),
    },
    "agent": {"Unread notices": ("UNREAD", "/notices?unread=yes")},
}
# The rows of the screens that are not one list: the sum of a column, or a table of several.
OVERDUE, FINDINGS = "Overdue deadlines by kind", "What the last reconciliation found"


def tiles(page: Page) -> Locator:
    """Return the numbers of the desk."""
    return page.get_by_role("list", name="What waits for you").get_by_role("link")


def told(page: Page, title: str) -> Locator:
    """Return the notice about a lead."""
    return page.get_by_role("region", name="Latest notices").get_by_text(title).first


def number(page: Page, label: str) -> int:
    """Return the number of a tile."""
    text = tiles(page).filter(has_text=label).inner_text()
    return int(re.sub(r"\D", "", text.partition("\n")[0]))


def rows(page: Page, label: str) -> int:
    """Return how many rows the screen lists that a tile leads to, after all pages are shown."""
    settle(page)
    if label == "Overdue deadlines":
        cells = page.get_by_role("grid", name=OVERDUE).get_by_role("row").all()[1:]
        return sum(int(row.get_by_role("gridcell").first.inner_text().split()[-1]) for row in cells)
    grid = (
        page.get_by_role("grid", name=FINDINGS)
        if label == "Findings in the books"
        else page.get_by_role("grid")
    )
    more = page.get_by_role("button", name="Show more")
    while more.count():
        shown = grid.get_by_role("row").count()
        more.click()
        expect(grid.get_by_role("row")).not_to_have_count(shown)
    return max(0, grid.get_by_role("row").count() - 1) if grid.count() else 0


def follow(page: Page, label: str, path: str) -> int:
    """Follow a number to its rows, count them, and go back to the desk."""
    tiles(page).filter(has_text=label).click()
    expect(page).to_have_url(re.compile(rf"/console{re.escape(path)}$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).not_to_have_text(re.compile("^Hello, "))
    counted = rows(page, label)
    page.get_by_role("link", name="Desk").click()
    expect(heading).to_have_text(re.compile("^Hello, "))
    return counted


def counts(person: Person) -> dict[str, int]:
    """Return the numbers of a desk by kind, as the API has them now."""
    return {one["kind"]: one["count"] for one in person.run(COUNTS)["viewer"]["desk"]["counts"]}


@pytest.fixture
def busy(server: DemoServer) -> None:
    """Let something wait for everybody: an application, a message and a complaint."""
    prospect, vendor, operator = (Person(server.address, who) for who in ("prospect", "vendor", "operator"))
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    vendor.complain(operator.deliver(prospect.publish("Quirin", "A gate for a mill").lead_id, account))
    vendor.apply(prospect.publish("Roswitha", "A roof for a chapel").lead_id)
    server.expand_messages()


@pytest.mark.parametrize("who", TILES)
def test_every_number_on_the_desk_leads_to_rows_that_add_up_to_it(
    who: str, server: DemoServer, window: Window, busy: None
) -> None:
    page = window().new_page()
    sign_in(page, server.address, who)
    tiles(page).first.wait_for()
    settle(page)
    labels = [text.partition("\n")[2].strip() for text in tiles(page).all_inner_texts()]
    assert [label for label in labels if not label.startswith("Points")] == sorted(
        TILES[who], key=labels.index
    )
    person, seen = Person(server.address, who), 0
    for label, (kind, path) in TILES[who].items():
        for _ in range(ATTEMPTS):
            before = counts(person)[kind]
            found = follow(page, label, path)
            after = counts(person)[kind]
            if before == after:
                break
        # Without a worker, deadlines become overdue all the time.
        assert min(before, after) <= found <= max(before, after), label
        expect(tiles(page).filter(has_text=label)).to_have_text(re.compile(rf"^\D*{after}\D*{label}"))
        seen += found
    assert seen > 0 or who == "agent"


def test_a_number_changes_while_the_desk_is_open(server: DemoServer, window: Window) -> None:
    """With the notification of an application; others may be revealed at the same time."""
    prospect = Person(server.address, "prospect")
    lead = prospect.publish("Sieglinde", "A fence for an orchard")
    page = window().new_page()
    sign_in(page, server.address, "prospect")
    tiles(page).first.wait_for()
    settle(page)
    Person(server.address, "rival").apply(lead.lead_id)
    told(page, lead.title).wait_for()
    settle(page)
    shown: list[int] = []
    for _ in range(ATTEMPTS):
        found = counts(prospect)
        shown = [number(page, "Unread notices"), number(page, "Chats with unread messages")]
        if shown == [found["UNREAD"], found["CHATS_UNREAD"]]:
            break
    assert shown == [found["UNREAD"], found["CHATS_UNREAD"]]


def test_what_is_due_next_leads_to_its_case_with_the_time_and_the_decision(
    server: DemoServer, window: Window
) -> None:
    lead = Person(server.address, "prospect").publish("Tankred", "A dovecote for a castle")
    Person(server.address, "rival").apply(lead.lead_id)
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "prospect")
    settle(page)
    due = page.get_by_role("region", name="Due next")
    # At once, because the list changes while it is read.
    times: list[str] = due.locator("time").evaluate_all("found => found.map((one) => one.dateTime)")
    assert len(times) > 1
    assert times == sorted(times)
    check(page)
    first = due.get_by_role("listitem").first
    expect(first).to_contain_text(re.compile("Reminder to answer|Contact opens by itself"))
    expect(first.get_by_role("paragraph")).to_contain_text("contact data")
    title = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    page.wait_for_url("**/applications/*")
    expect(page.locator("main#content")).to_contain_text(title)


def test_points_on_the_desk_change_with_an_application(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Ulfried", "A well for a farm")
    page = window().new_page()
    sign_in(page, server.address, "vendor")
    tiles(page).first.wait_for()
    settle(page)
    before = number(page, "Points to spend")
    Person(server.address, "vendor").apply(lead.lead_id)
    told(page, lead.title).wait_for()
    assert number(page, "Points to spend") < before


def test_the_health_of_the_house_says_of_each_sign_what_it_means_and_what_to_do(
    server: DemoServer, window: Window
) -> None:
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "operator", "/health")
    settle(page)
    for title in (
        "Overdue deadlines",
        "Lateness",
        "Oldest unsent message",
        "Delay of open pages",
        "Last reconciliation",
    ):
        sign = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title, exact=True))
        expect(sign).to_have_count(1)
        expect(sign).to_contain_text(re.compile("in order|look at it|act now"))
        expect(sign).to_contain_text(re.compile("If not in order:|What to do:"))
    check(page)


def test_others_are_refused_the_health_of_the_house(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    sign_in(page, server.address, "vendor", "/health")
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()


@pytest.mark.parametrize("who", ["operator", "vendor"])
def test_the_plots_over_time_have_their_numbers_beside_them(
    who: str, server: DemoServer, window: Window, busy: None
) -> None:
    page = window().new_page()
    sign_in(page, server.address, who, "/statistics?days=14")
    settle(page)
    table = page.get_by_role("grid", name="Numbers").get_by_role("row").all()[1:]
    assert 1 <= len(table) <= 14  # days on which nothing happened are left out
    columns = ("Contacts opened", "Refunds", "Reported contacts", "Points returned")
    sums = [0] * len(columns)
    for row in table:
        for index, cell in enumerate(row.get_by_role("gridcell").all()):
            sums[index] += int(re.sub(r"\D", "", cell.inner_text().split()[-1]))
    assert [int(re.sub(r"\D", "", one)) for one in page.get_by_role("definition").all_inner_texts()] == sums
    assert sums[0] > 0
    assert sums[2] > 0
    for label, total in list(zip(columns, sums, strict=True))[:3]:
        plot = page.get_by_role("img", name=re.compile(f"^{label}: "))
        expected = f"{label}: {total} in total, most on" if total else f"{label}: nothing in this time"
        expect(plot).to_have_accessible_name(re.compile(f"^{expected}"))
    page.get_by_role("button", name="Period").click()
    page.get_by_role("option", name="Last 365 days").click()
    expect(page).to_have_url(re.compile("days=365"))
    expect(page.get_by_role("columnheader", name="Week from")).to_be_visible()
    settle(page)
    opened = page.get_by_role("definition").first.inner_text()
    assert int(re.sub(r"\D", "", opened)) >= sums[0]
