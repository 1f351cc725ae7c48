"""Vera and Petra in two windows, by keyboard, on a phone: each story in one of the four languages."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import BrowserContext, Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.clients.console.chromium.api import SETTINGS, Person, Planted
from tests.clients.console.chromium.browser import NARROW, check, settle, sign_in
from tests.clients.console.chromium.conftest import HOUR_SECONDS
from tests.clients.console.chromium.everything import Everything
from tests.clients.console.chromium.keys import press, tab_until
from tests.support.demo_server import DemoServer
from tests.support.spreadsheets import xlsx

Window = Callable[..., BrowserContext]

REVEAL = timedelta(seconds=48 * HOUR_SECONDS)


@dataclass(frozen=True, slots=True)
class Words:
    """What a story looks for."""

    introduction: str
    apply: str
    sent: str
    open_application: str
    opens_in: str
    why_open: str
    why: str
    menu: str
    answer: str
    status: str


DE = Words(
    introduction="Vorstellung",
    apply="Für 10 Punkte bewerben",
    sent="Bewerbung gesendet",
    open_application="Bewerbung öffnen",
    opens_in="Öffnet sich in",
    why_open="Warum der Kontakt offen oder verborgen ist",
    why="Warum?",
    menu="Menü",
    answer="Annehmen",
    status="Von selbst geöffnet",
)
PL = Words(
    introduction="Przedstaw się",
    apply="Zgłoś się za 10 punktów",
    sent="Zgłoszenie wysłane",
    open_application="Otwórz zgłoszenie",
    opens_in="Otwarcie za",
    why_open="Dlaczego kontakt jest otwarty lub ukryty",
    why="Dlaczego?",
    menu="Menu",
    answer="Akceptuj",
    status="Zaakceptowane",
)
RO = Words(
    introduction="Prezentare",
    apply="Candidați pentru 10 puncte",
    sent="Candidatura a fost trimisă",
    open_application="Deschide candidatura",
    opens_in="Se deschide în",
    why_open="De ce contactul este deschis sau ascuns",
    why="De ce?",
    menu="Meniu",
    answer="Refuzați",
    status="Refuzată",
)


@contextmanager
def speaking(server: DemoServer, language: str) -> Iterator[Person]:
    """Give both of them a language; yields Petra."""
    people = {who: Person(server.address, who) for who in ("vendor", "prospect")}
    for person in people.values():
        person.run(SETTINGS, locale=language)
    try:
        yield people["prospect"]
    finally:
        for who in people:  # anew, since time has passed
            Person(server.address, who).run(SETTINGS, locale="en")


def mark(page: Page) -> None:
    """Note that the page is not loaded again after this."""
    page.evaluate("window.neverReloaded = true")


def is_same(page: Page) -> bool:
    """Whether the page was not loaded since it was marked."""
    found: bool = page.evaluate("window.neverReloaded === true")
    return found


def apply(page: Page, server: DemoServer, lead: Planted, words: Words) -> None:
    """Apply as Vera, and open the application."""
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    mark(page)
    tab_until(page.get_by_label(words.introduction))
    page.keyboard.type("We live around the corner.")
    press(page.get_by_role("button", name=words.apply))
    expect(page.get_by_text(words.sent)).to_be_visible()
    press(page.get_by_role("link", name=words.open_application))
    page.wait_for_url("**/applications/*")
    settle(page)


def open_inbox(page: Page, server: DemoServer, lead: Planted) -> None:
    """Open the application as Petra, from her list."""
    sign_in(page, server.address, "prospect", "/applications")
    mark(page)
    press(page.get_by_role("row").filter(has_text=lead.title).first)
    page.get_by_role("heading", name=lead.title, level=1).wait_for()
    settle(page)


def go(page: Page, words: Words, screen: str) -> None:
    """Open a screen from the menu."""
    press(page.get_by_role("button", name=words.menu, exact=True))
    press(page.get_by_role("dialog").get_by_role("link", name=screen, exact=True))
    page.get_by_role("heading", name=screen, level=1).wait_for()
    settle(page)


def countdown(page: Page, words: Words) -> Locator:
    """Return the time that is left until the contact opens."""
    return page.get_by_text(words.opens_in, exact=True).first.locator("xpath=..").get_by_role("time")


def runs(page: Page, words: Words) -> None:
    """Fail unless the reveal is due in 48 hours of the demo, and in less a minute later."""
    left = countdown(page, words)
    expect(left).to_have_text(re.compile(r"^4[678]\D"))
    before = left.inner_text()
    page.clock.fast_forward(61_000)
    expect(left).not_to_have_text(before)
    expect(left).to_have_text(re.compile(r"^4[567]\D"))


def test_without_an_answer_the_contact_opens_by_itself(own_server: DemoServer, window: Window) -> None:
    with speaking(own_server, "de") as petra:
        lead = petra.publish("Amalaswintha", f"Ein Dach für eine Sternwarte {uuid4().hex[:6]}")
        vendor, prospect = (window(width=NARROW, expiring=True).new_page() for _ in range(2))
        everything = Everything(vendor)
        for page in (vendor, prospect):
            page.clock.install()
        apply(vendor, own_server, lead, DE)
        open_inbox(prospect, own_server, lead)
        for page in (vendor, prospect):
            runs(page, DE)
            check(page)
        assert everything.found(lead) == []

        own_server.let_pass(REVEAL)
        expect(vendor.get_by_text(lead.contact["email"])).to_be_visible()
        expect(vendor.get_by_text(DE.status, exact=True)).to_be_visible()
        reason = vendor.get_by_role("region", name=DE.why_open)
        expect(reason).to_contain_text("Kontakt offen")
        press(reason.get_by_role("button", name=DE.why))
        expect(reason.get_by_text(re.compile("^Regelwerk demo-"))).to_be_visible()
        check(vendor)

        expect(prospect.get_by_text(DE.status, exact=True)).to_be_visible()
        go(prospect, DE, "Wer meine Daten hat")
        row = prospect.get_by_role("row").filter(has_text=lead.title)
        expect(row).to_contain_text("Lindqvist")
        expect(row).to_contain_text("Sie haben nicht rechtzeitig geantwortet")
        check(prospect)
        assert is_same(vendor)
        assert is_same(prospect)


def test_with_an_acceptance_the_contact_opens_at_once(own_server: DemoServer, window: Window) -> None:
    with speaking(own_server, "pl") as petra:
        lead = petra.publish("Bolemira", f"Altana dla biblioteki {uuid4().hex[:6]}")
        vendor, prospect = (window(width=NARROW, scheme="dark").new_page() for _ in range(2))
        for page in (vendor, prospect):
            page.clock.install()
        apply(vendor, own_server, lead, PL)
        open_inbox(prospect, own_server, lead)
        for page in (vendor, prospect):
            runs(page, PL)
        expect(vendor.get_by_text(lead.contact["email"])).to_have_count(0)

        press(prospect.get_by_role("button", name=PL.answer, exact=True))
        expect(prospect.get_by_text(PL.status, exact=True)).to_be_visible()
        expect(vendor.get_by_text(lead.contact["email"])).to_be_visible()
        expect(vendor.get_by_text(PL.status, exact=True)).to_be_visible()
        reason = vendor.get_by_role("region", name=PL.why_open)
        press(reason.get_by_role("button", name=PL.why))
        expect(reason.get_by_text(re.compile("^Zasady demo-"))).to_be_visible()
        go(prospect, PL, "Kto ma moje dane")
        row = prospect.get_by_role("row").filter(has_text=lead.title)
        expect(row).to_contain_text("Zaakceptowano jej zgłoszenie")
        for page in (vendor, prospect):
            check(page)
            assert is_same(page)


def test_with_a_decline_the_points_come_back_at_once(own_server: DemoServer, window: Window) -> None:
    with speaking(own_server, "ro") as petra:
        lead = petra.publish("Crimhilda", f"Un foișor pentru o școală {uuid4().hex[:6]}")
        vendor, prospect = (window(width=NARROW).new_page() for _ in range(2))
        everything = Everything(vendor)
        for page in (vendor, prospect):
            page.clock.install()
        apply(vendor, own_server, lead, RO)
        open_inbox(prospect, own_server, lead)
        for page in (vendor, prospect):
            runs(page, RO)
        go(vendor, RO, "Puncte")
        points = vendor.get_by_role("definition").first
        held = points.inner_text()

        press(prospect.get_by_role("button", name=RO.answer, exact=True))
        press(prospect.get_by_role("alertdialog").get_by_role("button", name=RO.answer, exact=True))
        expect(prospect.get_by_text(RO.status, exact=True).first).to_be_visible()
        expect(points).not_to_have_text(held)
        assert number(points.inner_text()) == number(held) + 10
        check(vendor)
        check(prospect)
        assert everything.found(lead) == []
        go(prospect, RO, "Cine are datele mele")
        expect(prospect.get_by_role("row").filter(has_text=lead.title)).to_have_count(0)
        assert is_same(vendor)
        assert is_same(prospect)


def number(text: str) -> int:
    """Return the digits of a number as people write it."""
    return int(re.sub(r"\D", "", text))


# The reason in the words of the template, the vendor's own words, and the verdict.
CLAIMS = (
    ("Nobody answers", "I have called on three days and nobody has answered.", "Rejected"),
    ("The number belongs to someone else", "A bakery answers.", "Under review"),
    ("The person is not interested", "He said that he needs nothing.", "Rejected"),
)


def test_three_contacts_are_complained_about_by_file(own_server: DemoServer, window: Window) -> None:
    vera, petra = Person(own_server.address, "vendor"), Person(own_server.address, "prospect")
    names = ("Dietlinde", "Engelbert", "Friedgund")
    leads = [petra.publish(name, f"A balcony for {name} {uuid4().hex[:6]}") for name in names]
    for lead in leads:
        vera.apply(lead.lead_id)
        petra.accept(lead.lead_id)
    page = window(width=NARROW).new_page()
    sign_in(page, own_server.address, "vendor", "/complaints/new")
    mark(page)
    press(page.get_by_role("button", name="Make a template"))
    link = page.get_by_role("link", name="Download the template")
    with page.expect_download() as download:
        press(link)
    filled = fill(download.value.path().read_bytes(), leads)
    with page.expect_file_chooser() as chooser:
        press(page.get_by_role("button", name="Choose a file"))
    chooser.value.set_files({"name": "three.xlsx", "mimeType": "application/octet-stream", "buffer": filled})
    press(page.get_by_role("button", name="Upload and file"))
    expect(page.get_by_text(re.compile("Complaint .* is filed")).first).to_be_visible()
    bars = page.get_by_role("status").get_by_role("table").get_by_role("row")
    assert sum(number(text) for text in bars.all_inner_texts()) == len(leads)
    check(page)
    press(page.get_by_role("link", name="Open the complaint"))
    page.get_by_role("heading", level=1, name=re.compile("Complaint ")).wait_for()
    settle(page)
    for lead, (reason, explanation, verdict) in zip(leads, CLAIMS, strict=True):
        row = page.get_by_role("region", name=re.compile(rf"\d+\. {lead.title}"))
        expect(row).to_contain_text(verdict)
        expect(row).to_contain_text(reason)
        expect(row).to_contain_text(explanation)
    check(page)
    assert is_same(page)


def fill(template: bytes, leads: list[Planted]) -> bytes:
    """Complete the rows of these leads, and leave all others empty."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(template))
    titles, *rows = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    for lead, (reason, explanation, _) in zip(leads, CLAIMS, strict=True):
        own = next(row for row in rows if lead.contact["email"] in row)
        own[titles.index("Reason")] = reason
        own[titles.index("Explanation")] = explanation
    return xlsx({"Complaint": [titles, *rows]})
