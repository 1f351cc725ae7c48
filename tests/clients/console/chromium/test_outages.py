"""What a page does while the server is away or busy, and when it no longer has what the page asks for."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import ATTEMPTS, settle, sign_in
from tests.clients.console.chromium.events import credit, forget_events
from tests.clients.console.chromium.line import RESTARTING, Line
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]


def test_after_a_restart_and_without_redis_the_feed_goes_on_after_its_cursor(
    own_server: DemoServer, window: Window
) -> None:
    """The server closes the socket with 1012; what happens meanwhile and later is shown once."""
    page = window(calm=False).new_page()
    line = Line(page)
    sign_in(page, own_server.address, "vendor", "/notices")
    settle(page)
    rows = page.get_by_role("row")
    before, meanwhile, after = (uuid4().int % 900_000 + 100_000 for _ in range(3))
    credit(own_server, "vendor", before)
    expect(rows.filter(has_text=f"{before:,}")).to_have_count(1)
    assert own_server.process is not None
    own_server.process.stop()
    own_server.forget_redis()
    credit(own_server, "vendor", meanwhile)
    own_server.process.start()
    expect(rows.filter(has_text=f"{meanwhile:,}")).to_have_count(1)
    credit(own_server, "vendor", after)
    expect(rows.filter(has_text=f"{after:,}")).to_have_count(1)
    assert RESTARTING in line.closed
    for points in (before, meanwhile, after):
        expect(rows.filter(has_text=f"{points:,}")).to_have_count(1)
        events = [one for one in line.received if '"cursor"' in one and f"{points:,}" in one]
        assert len(events) == 1, (points, events)


def test_after_a_gap_in_the_feed_the_lists_are_read_again(own_server: DemoServer, window: Window) -> None:
    lead = Person(own_server.address, "prospect").publish(
        "Wiborada", f"A shelf for a monastery {uuid4().hex[:6]}"
    )
    page = window(calm=False).new_page()
    line = Line(page)
    sign_in(page, own_server.address, "prospect", "/applications")
    settle(page)
    line.wait()
    line.cut()
    Person(own_server.address, "vendor").apply(lead.lead_id)
    forget_events(own_server, "prospect")
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(0)
    line.is_cut = False
    expect(page.get_by_role("row").filter(has_text=lead.title)).to_have_count(1)
    assert [one for one in line.received if "FeedGap" in one] != []
    assert [one for one in line.received if lead.title in one] == [], line.received


@dataclass
class Refusal:
    """Refuses the first requests of a kind as a busy server, or a proxy before it, does."""

    code: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    is_html: bool = False
    refused: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def once(self, page: Page, *, word: str) -> None:
        """Refuse the first request that contains a word, and count the others."""

        def take(route: Route) -> None:
            body = route.request.post_data or ""
            if word not in body:
                route.continue_()
            elif self.refused:
                self.passed.append(body)
                route.continue_()
            else:
                self.refused.append(body)
                self._refuse(route)

        page.route("**/graphql", take)

    def _refuse(self, route: Route) -> None:
        if self.is_html:
            route.fulfill(
                status=self.status, headers=self.headers, content_type="text/html", body="<h1>Busy</h1>"
            )
        else:
            error = {"message": "Busy.", "extensions": {"code": self.code}}
            route.fulfill(status=self.status, headers=self.headers, json={"data": None, "errors": [error]})


BUSY = {
    "429": lambda: Refusal("LIMIT_EXCEEDED", 429, {"retry-after": "20"}),
    "503 of a proxy": lambda: Refusal("", 503, {"retry-after": "20"}, is_html=True),
    "503": lambda: Refusal("UNAVAILABLE", 503),
    "TIMEOUT": lambda: Refusal("TIMEOUT", 200),
}


@pytest.mark.parametrize("kind", BUSY)
def test_a_busy_server_is_asked_again_when_it_says_so(kind: str, server: DemoServer, window: Window) -> None:
    """If it does not say, after a second or two."""
    page = window(calm=False).new_page()
    page.clock.install()
    sign_in(page, server.address, "vendor")
    settle(page)
    refusal = BUSY[kind]()
    refusal.once(page, word="documentId")
    page.get_by_role("link", name="Open leads").click()
    expect(page.get_by_text("The server is busy. Trying again in")).to_be_visible()
    page.clock.fast_forward(30_000)
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    expect(page.get_by_text("The server is busy.")).to_have_count(0)


@pytest.mark.parametrize("kind", BUSY)
def test_a_mutation_is_repeated_with_its_key(kind: str, server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Yvain", f"A harness for {kind}")
    page = window(calm=False).new_page()
    page.clock.install()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    page.get_by_label("Introduction").fill("We sew by hand.")
    refusal = BUSY[kind]()
    refusal.once(page, word="idempotencyKey")
    page.get_by_role("button", name="Apply for").click()
    expect(page.get_by_text("The server is busy. Trying again in")).to_be_visible()
    page.clock.fast_forward(30_000)
    expect(page.get_by_text("Application sent")).to_be_visible()
    keys = {
        json.loads(body)["variables"]["input"]["idempotencyKey"] for body in refusal.refused + refusal.passed
    }
    assert (len(refusal.passed), len(keys)) == (1, 1)


def test_a_mutation_without_a_key_is_not_repeated_by_itself(server: DemoServer, window: Window) -> None:
    lead = Person(server.address, "prospect").publish("Zenobia", "A loom for a museum")
    Person(server.address, "vendor").apply(lead.lead_id)
    page = window(calm=False).new_page()
    page.clock.install()
    sign_in(page, server.address, "prospect", "/applications")
    page.get_by_role("row").filter(has_text=lead.title).first.click()
    refusal = BUSY["TIMEOUT"]()
    refusal.once(page, word="expectedVersion")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("alert")).to_contain_text("No answer came, so it may have been done.")
    page.clock.fast_forward(60_000)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    assert (len(refusal.refused), len(refusal.passed)) == (1, 1)


def test_what_may_have_been_done_says_so_and_is_repeated_with_its_key(
    server: DemoServer, window: Window
) -> None:
    """Each attempt is done by the server, and each answer says that time was over."""
    lead = Person(server.address, "prospect").publish("Adelgunde", "A weaving mill for a village")
    page = window(calm=False).new_page()
    page.clock.install()
    sign_in(page, server.address, "vendor", f"/leads/{lead.lead_id}")
    page.get_by_label("Introduction").fill("We have spun for forty years.")
    keys: list[str] = []
    is_lost = True

    def take(route: Route) -> None:
        body = route.request.post_data or ""
        if "idempotencyKey" not in body:
            route.continue_()
            return
        keys.append(json.loads(body)["variables"]["input"]["idempotencyKey"])
        answer = route.fetch()
        timeout = {"data": None, "errors": [{"message": "Slow.", "extensions": {"code": "TIMEOUT"}}]}
        if is_lost:
            route.fulfill(json=timeout)
        else:
            route.fulfill(response=answer)

    page.route("**/graphql", take)
    page.get_by_role("button", name="Apply for").click()
    said = page.get_by_role("alert").filter(has_text="No answer came, so it may have been done.")
    for _ in range(ATTEMPTS):
        if said.is_visible():
            break
        page.clock.fast_forward(60_000)
        page.wait_for_timeout(200)
    expect(said).to_contain_text("it is not done twice")
    expect(page.get_by_text("Nothing was lost")).to_have_count(0)
    is_lost = False
    page.get_by_role("button", name="Apply for").click()
    expect(page.get_by_text("Application sent")).to_be_visible()
    assert len(keys) > 2
    assert len(set(keys)) == 1
