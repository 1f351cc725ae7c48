"""What goes with an open contact: how the person may be contacted, and what is publicly known about them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from models.base.database import connection, fetch
from models.outside.sources.source import FoundKind, OutsideOutcome
from models.smart_data.configured import smart_data_context
from models.smart_data.run import run_search
from tests.clients.console.chromium.api import SETTINGS, Person, Planted
from tests.clients.console.chromium.browser import NARROW, check, overflow, settle, sign_in
from tests.clients.console.chromium.everything import Everything
from tests.support.demo_server import DemoServer
from tests.support.smart_data import FIRM, MAIL_DNS, WEBSITE, Sources, found

Window = Callable[..., BrowserContext]

WAYS = {"Phone", "Text message", "Email", "Chat", "Meeting"}
NAME, SITE = "Zwetschkenbaum & Daughters", f"https://{FIRM}/legal"
TITLES = {
    "de": ("So nehmen Sie Kontakt auf", "Öffentlich bekannt"),
    "pl": ("Jak się skontaktować", "Publicznie wiadomo"),
    "ro": ("Cum luați legătura", "Cunoscut public"),
}
SEARCH = {"de": "Suchen", "pl": "Szukaj", "ro": "Caută"}


@pytest.fixture
def prospect(server: DemoServer) -> Person:
    """Petra, who publishes leads and answers applications."""
    return Person(server.address, "prospect")


def delivered(server: DemoServer, lead: Planted, who: str) -> None:
    """Deliver a lead to a vendor, so that its contact is open."""
    account, _ = Person(server.address, who).account()
    Person(server.address, "operator").deliver(lead.lead_id, account, points=0)


def card(page: Page, name: str) -> Locator:
    """Return a card by its heading."""
    return page.get_by_role("region", name=name, exact=True)


def of(ways: Locator, name: str) -> Locator:
    """Return the way of this name among those that are listed."""
    return ways.filter(has=ways.page.get_by_role("heading", name=name, exact=True))


def answer(server: DemoServer, sources: Sources) -> None:
    """Carry out the searches that run, as a worker does whose sources answer as given."""

    async def work() -> None:
        assert server.configured is not None
        context = smart_data_context(server.configured)
        rows = await fetch(connection(), "SELECT id FROM smart_search WHERE state = 'RUNNING'")
        async with server.wake() as wake:
            for row in rows:
                await run_search(UUID(str(row["id"])), context, sources.outside, wake)

    server.run(work)


def search(page: Page) -> None:
    """Ask for a search, after reading what it costs."""
    known = card(page, "Publicly known")
    known.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("alertdialog").get_by_role("button", name="Search", exact=True).click()
    expect(known.get_by_text("Searching public sources")).to_be_visible()


def test_how_the_person_may_be_contacted_is_shown_with_the_contact_and_not_before(
    server: DemoServer, window: Window, prospect: Person
) -> None:
    """Each way has its reason; that there is none yet is not even asked for."""
    lead = prospect.publish("Adelgund", "A kiosk for a harbour")
    Person(server.address, "vendor").apply(lead.lead_id)
    page = window().new_page()
    everything = Everything(page)
    sign_in(page, server.address, "vendor", "/applications")
    page.get_by_role("row", name=lead.title).click()
    page.get_by_role("heading", name=lead.title, level=1).wait_for()
    expect(page.get_by_text("Waiting for an answer", exact=True)).to_be_visible()
    settle(page)
    expect(card(page, "How to get in touch")).to_have_count(0)
    expect(card(page, "Publicly known")).to_have_count(0)
    assert "permissions" not in "".join(everything.received)

    prospect.accept(lead.lead_id)
    advice = card(page, "How to get in touch")
    ways = advice.get_by_role("list", name="Ways, best first").get_by_role("listitem")
    expect(ways).to_have_count(len(WAYS))
    assert set(ways.get_by_role("heading", level=3).all_inner_texts()) >= WAYS
    expect(ways.first.get_by_role("heading", name="Email")).to_be_visible()  # which the person prefers
    expect(of(ways, "Phone").get_by_text("Your calls: 0 today, 0 in 30 days.")).to_be_visible()
    expect(advice.get_by_text("The person prefers email, and their convenience counts.")).to_be_visible()
    advice.get_by_role("button", name="Why?").first.click()
    expect(advice.get_by_text(re.compile("^Policy demo-")).first).to_be_visible()
    check(page)


def test_what_forbids_each_way_is_said_of_a_person_who_asked_for_nothing(
    server: DemoServer, window: Window, prospect: Person
) -> None:
    """The lead was delivered, and the law of its place wants consent first."""
    lead = prospect.publish("Brunhild", "A shelf for a chemist")
    delivered(server, lead, "rival")
    page = window(width=NARROW, scheme="dark").new_page()
    sign_in(page, server.address, "rival", f"/leads/{lead.lead_id}")
    advice = card(page, "How to get in touch")
    expect(advice.get_by_text("Do not contact", exact=True)).to_be_visible()
    ways = advice.get_by_role("list", name="Ways, best first").get_by_role("listitem")
    expect(ways.get_by_text("No permission", exact=True)).to_have_count(len(WAYS))
    expect(of(ways, "Phone").get_by_text("requires consent first")).to_be_visible()
    expect(of(ways, "Chat").get_by_text("no number or address for it is known")).to_be_visible()
    expect(advice.get_by_text("Best time")).to_have_count(0)
    check(page)


def test_nothing_is_searched_before_a_user_asks_and_what_is_found_can_be_kept_and_forgotten(
    own_server: DemoServer, window: Window, prospect: Person
) -> None:
    """Found values are contact data: nothing of them stays in what the browser stores."""
    lead = prospect.publish("Cunigund", "A pump for a pond", domain=FIRM)
    delivered(own_server, lead, "rival")
    page = window().new_page()
    everything = Everything(page)
    sign_in(page, own_server.address, "rival", f"/leads/{lead.lead_id}")
    known = card(page, "Publicly known")
    expect(known.get_by_text("Nothing is searched until a user asks for it.")).to_be_visible()
    known.get_by_role("button", name="Search", exact=True).click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_text("of 60")).to_be_visible()
    expect(dialog.get_by_text("nothing", exact=True)).to_be_visible()
    expect(dialog.get_by_text("web server sees a visit")).to_be_visible()
    check(page)
    dialog.get_by_role("button", name="Cancel").click()
    search(page)

    values = (found(FoundKind.NAME, NAME), found(FoundKind.WEBSITE, "Our site", url=SITE))
    answer(own_server, Sources({WEBSITE: values, MAIL_DNS: OutsideOutcome.TIMED_OUT}))
    expect(known.get_by_text("2 values found")).to_be_visible()
    expect(known.get_by_text(NAME)).to_be_visible()
    expect(known.get_by_text("Own statement").first).to_be_visible()
    expect(known.get_by_text("found on").first).to_be_visible()
    expect(known.get_by_role("link", name="Our site")).to_have_attribute("href", SITE)
    known.get_by_role("button", name="How the sources answered").click()
    expect(known.get_by_text("too slow")).to_be_visible()
    check(page)
    assert NAME not in everything.places()["storages"]

    known.get_by_role("button", name="Keep: Name").click()
    keep = page.get_by_role("dialog")
    too_long, allowed = (datetime.now(UTC) + timedelta(days=days) for days in (1_000, 300))
    keep.get_by_label("Keep until").fill(f"{too_long:%Y-%m-%d}")
    keep.get_by_role("button", name="Keep").click()
    expect(keep.get_by_text("Must be in the future and no later than")).to_be_visible()
    keep.get_by_label("Keep until").fill(f"{allowed:%Y-%m-%d}")
    keep.get_by_role("button", name="Keep").click()
    expect(known.get_by_text("kept until")).to_be_visible()

    known.get_by_role("button", name="Forget: Website").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Forget").click()
    expect(known.get_by_text("Our site")).to_have_count(0)
    known.get_by_role("button", name="Forget all").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Forget all").click()
    expect(known.get_by_text(NAME)).to_have_count(0)
    expect(known.get_by_role("button", name="Search", exact=True)).to_be_visible()


def test_searching_again_asks_first_whether_the_address_is_right(
    own_server: DemoServer, window: Window, prospect: Person
) -> None:
    lead = prospect.publish("Dietlind", "A gate for a mill", domain=FIRM)
    delivered(own_server, lead, "rival")
    page = window().new_page()
    sign_in(page, own_server.address, "rival", f"/leads/{lead.lead_id}")
    search(page)
    answer(own_server, Sources({WEBSITE: (found(value="The old name"),)}))
    known = card(page, "Publicly known")
    expect(known.get_by_text("The old name")).to_be_visible()
    known.get_by_role("button", name="Refresh").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_text(lead.contact["email"])).to_be_visible()
    dialog.get_by_role("button", name="It is right: search again").click()
    expect(known.get_by_text("Searching public sources")).to_be_visible()
    answer(own_server, Sources({WEBSITE: (found(value="The new name"),)}))
    expect(known.get_by_text("The new name")).to_be_visible()
    expect(known.get_by_text("The old name")).to_have_count(0)


def test_why_nobody_can_be_looked_up_is_said_and_there_is_no_button(
    own_server: DemoServer, window: Window, prospect: Person
) -> None:
    """The address is of a domain that is reserved for examples."""
    lead = prospect.publish("Ermelind", "A roof for a stall")
    delivered(own_server, lead, "rival")
    page = window().new_page()
    sign_in(page, own_server.address, "rival", f"/leads/{lead.lead_id}")
    known = card(page, "Publicly known")
    expect(known.get_by_text("The domain is reserved for examples or private networks.")).to_be_visible()
    expect(known.get_by_role("button", name="Search")).to_have_count(0)


def test_an_owner_reads_who_is_responsible_before_it_is_switched_on(
    server: DemoServer, window: Window, prospect: Person
) -> None:
    lead = prospect.publish("Friedlind", "A lamp for a stable")
    delivered(server, lead, "vendor")
    page = window().new_page()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    known = card(page, "Publicly known")
    expect(known.get_by_text("An owner of the account has to switch smart contact data on.")).to_be_visible()
    known.get_by_role("button", name="Switch on …").click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_text("controller").first).to_be_visible()
    expect(dialog.get_by_role("button", name="Accept and switch on")).to_be_visible()
    check(page)
    dialog.get_by_role("button", name="Cancel").click()
    expect(known.get_by_text("An owner of the account")).to_be_visible()


def test_it_fits_in_each_language(server: DemoServer, window: Window, prospect: Person) -> None:
    lead = prospect.publish("Heilgard", "A ladder for a library", domain=FIRM)
    delivered(server, lead, "rival")
    rival = Person(server.address, "rival")
    try:
        for language, title in TITLES.items():
            rival.run(SETTINGS, locale=language)
            page = window(width=NARROW).new_page()
            sign_in(page, server.address, "rival", f"/leads/{lead.lead_id}")
            for name in title:
                expect(card(page, name)).to_be_visible()
            settle(page)
            assert overflow(page) <= 0, language
            page.get_by_role("button", name=SEARCH[language], exact=True).click()
            page.get_by_role("alertdialog").wait_for()
            check(page)
            page.close()
    finally:
        rival.run(SETTINGS, locale="en")


def test_nothing_that_was_found_is_left_after_signing_out(
    own_server: DemoServer, window: Window, prospect: Person
) -> None:
    lead = prospect.publish("Gerlind", "A stove for a hut", domain=FIRM)
    delivered(own_server, lead, "rival")
    page = window().new_page()
    sign_in(page, own_server.address, "rival", f"/leads/{lead.lead_id}")
    expect(card(page, "How to get in touch")).to_be_visible()
    search(page)
    answer(own_server, Sources({WEBSITE: (found(value="A name of the hut"),)}))
    expect(page.get_by_text("A name of the hut")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    everything = Everything(page)
    assert [name for name, text in everything.places().items() if "A name of the hut" in text] == []
