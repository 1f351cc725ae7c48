"""Signing in and out, and the sessions of several tabs."""

import json
from collections.abc import Callable

import httpx
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from clients.console.manifest import HERE
from schema.graphql.document_ids import id_of
from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import sign_in
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]

COOKIE = "__Host-leadgate"
REFRESH = id_of(
    (HERE.parent / "typescript" / "documents" / "SessionTokenRefresh.graphql").read_text(encoding="utf-8")
)


def one_click(page: Page, server: DemoServer, path: str = "") -> None:
    """Sign in as Vera on the page, with the cookie."""
    page.goto(f"{server.address}/console{path}")
    page.get_by_role("button", name="Vera Lindqvist").click()
    page.locator("main#content h1").wait_for()


def is_renewal(request: Request) -> bool:
    """Whether a request renews the session."""
    return request.method == "POST" and REFRESH in (request.post_data or "")


def test_one_click_signs_in_and_scripts_cannot_read_the_session(server: DemoServer, window: Window) -> None:
    context = window(calm=False)  # the first visit has no cookie to renew
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    one_click(page, server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Vera Lindqvist")
    (cookie,) = [one for one in context.cookies() if one["name"] == COOKIE]
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    stored = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    assert stored == "[[],[]]"
    bodies = [body for body in sent if body]
    assert len(bodies) > 3
    assert [body for body in bodies if '"query"' in body or '"documentId":"sha256:' not in body] == []


def test_a_link_to_a_screen_survives_the_sign_in(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    one_click(page, server, "/leads?order=BUDGET")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open leads")
    expect(page.get_by_role("button", name="Highest budget first")).to_be_visible()


def test_a_wrong_password_is_refused_in_words(server: DemoServer, window: Window) -> None:
    page = window().new_page()
    page.goto(f"{server.address}/console/")
    page.get_by_label("Email address").fill("vendor@demo.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect email address or password.")


def test_each_of_the_demos_people_has_an_own_window(server: DemoServer, window: Window) -> None:
    """Two windows of one browser share the cookie, so these windows do not use it."""
    context = window()
    names = {"vendor": "Vera Lindqvist", "prospect": "Petra Halloran", "operator": "Oscar Brandt"}
    pages = {}
    for who in names:
        pages[who] = context.new_page()
        sign_in(pages[who], server.address, who)
    for who, name in names.items():
        pages[who].reload()
        expect(pages[who].get_by_role("heading", level=1)).to_have_text(f"Hello, {name}")
    assert [one for one in context.cookies() if one["name"] == COOKIE] == []


def test_signing_out_ends_all_tabs_and_back_shows_nothing(server: DemoServer, window: Window) -> None:
    context = window()
    first, second = context.new_page(), context.new_page()
    one_click(first, server)
    second.goto(f"{server.address}/console/leads")
    second.get_by_role("heading", name="Open leads").wait_for()
    second.get_by_role("link", name="Settings").click()
    second.get_by_role("heading", name="Settings").wait_for()
    first.get_by_role("button", name="Sign out").click()
    for page in (first, second):
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        expect(page.get_by_text("You have signed out.")).to_be_visible()
    second.go_back()
    expect(second.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Vera" not in second.get_by_role("main").inner_text().replace("Vera Lindqvist\nVendor", "")


def test_what_was_being_written_is_gone_after_signing_out(server: DemoServer, window: Window) -> None:
    """The next user of the tab may be somebody else."""
    lead = Person(server.address, "prospect").publish("Quirin", "A kiosk for a railway station")
    page = window().new_page()
    one_click(page, server, f"/leads/{lead.lead_id}")
    introduction = page.get_by_label("Introduction")
    introduction.fill("We build kiosks of oak.")
    page.reload()
    expect(introduction).to_have_value("We build kiosks of oak.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    one_click(page, server, f"/leads/{lead.lead_id}")
    expect(introduction).to_have_value("")


def test_two_tabs_whose_token_ends_renew_once(server: DemoServer, window: Window) -> None:
    context = window()
    renewals: list[str] = []
    context.on("request", lambda request: renewals.append(request.url) if is_renewal(request) else None)
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        page.clock.install()
    one_click(pages[0], server)
    pages[1].goto(f"{server.address}/console/")
    pages[1].locator("main#content h1").wait_for()
    renewals.clear()
    for page in pages:
        page.clock.fast_forward("20:00")
    for page in pages:
        page.get_by_role("link", name="Open leads").click(no_wait_after=True)
    for page in pages:
        page.get_by_role("row").nth(1).wait_for()
    assert len(renewals) == 1


def test_a_renewal_whose_answer_is_lost_is_repeated_after_a_reload(
    server: DemoServer, window: Window
) -> None:
    context = window(calm=False)
    page = context.new_page()
    one_click(page, server)
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        if not is_renewal(route.request):
            route.continue_()
            return
        keys.append(json.loads(route.request.post_data or "")["variables"]["input"]["idempotencyKey"])
        if len(keys) == 1:
            route.fetch()  # the server has answered
            page.evaluate("setTimeout(() => location.reload())")
        else:
            route.continue_()

    before = next(one["value"] for one in context.cookies() if one["name"] == COOKIE)
    page.route("**/graphql", lose_the_first)
    with page.expect_event("response", lambda answer: is_renewal(answer.request)):
        page.evaluate("setTimeout(() => location.reload())")
    page.unroute_all(behavior="ignoreErrors")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Vera Lindqvist")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert next(one["value"] for one in context.cookies() if one["name"] == COOKIE) != before


def test_an_old_token_with_another_key_ends_the_session_with_the_reason(
    server: DemoServer, window: Window
) -> None:
    context = window()
    page = context.new_page()
    one_click(page, server)
    old = next(one for one in context.cookies() if one["name"] == COOKIE)
    page.reload()
    page.locator("main#content h1").wait_for()
    new = next(one for one in context.cookies() if one["name"] == COOKIE)
    assert new["value"] != old["value"]
    context.add_cookies(
        [
            {
                "name": COOKIE,
                "value": old["value"],
                "domain": old["domain"],
                "path": "/",
                "expires": old["expires"],
                "httpOnly": True,
                "secure": True,
                "sameSite": "Strict",
            }
        ]
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("its token was used twice")).to_be_visible()


def test_a_forged_request_with_the_cookie_is_refused(server: DemoServer, window: Window) -> None:
    context = window()
    one_click(context.new_page(), server)
    cookie = next(one["value"] for one in context.cookies() if one["name"] == COOKIE)
    forged = httpx.post(
        server.endpoint,
        json={"documentId": REFRESH, "variables": {"input": {"idempotencyKey": "x"}}},
        headers={"Cookie": f"{COOKIE}={cookie}"},
    )
    assert (forged.status_code, forged.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")


def test_the_server_that_cannot_be_reached_is_named_and_tried_again(
    server: DemoServer, window: Window
) -> None:
    page = window(calm=False).new_page()
    page.route("**/graphql", lambda route: route.abort())
    page.goto(f"{server.address}/console/")
    page.get_by_role("button", name="Try again").wait_for()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
