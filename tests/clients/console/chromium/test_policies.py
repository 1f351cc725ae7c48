"""Policies: a draft is checked while it is typed, tried on history, and published."""

import json
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.clients.console.chromium.api import Person
from tests.clients.console.chromium.browser import NARROW, PATIENCE_MS, check, settle, sign_in
from tests.clients.console.chromium.keys import tab_until
from tests.support.demo_server import DemoServer

Window = Callable[..., BrowserContext]
REVEAL, REMINDER = "Time to answer before the reveal", "Time until the reminder to answer"
# 48 hours of the demo: those of these tests take a minute, those of another server may take a second.
OF_THE_DEMO = "48 (seconds|minutes)"
SEEDED = 3  # refunded withdrawals, each of 10 points; other tests add theirs
HOLD = "The rules decide every possible case."


@pytest.fixture
def operator(server: DemoServer) -> Iterator[Person]:
    """Oscar; afterwards, the demo market has its numbers again."""
    person = Person(server.address, "operator")
    latest, parameters = person.parameters("demo")
    yield person
    if person.parameters("demo")[0] != latest:
        person.publish_policy("demo", parameters)


def card(page: Page, name: str) -> Locator:
    """Return a card of the page."""
    return page.get_by_role("region", name=name, exact=True)


def draft(page: Page, server: DemoServer, market: str) -> None:
    """Open the form of a new policy."""
    sign_in(page, server.address, "operator", f"/policies/new?market={market}")
    page.get_by_label(REVEAL, exact=True).wait_for()


def wait_for_check(page: Page) -> None:
    """Wait until the rules hold under what is drafted, which takes seconds of another process."""
    expect(card(page, "Differences")).to_contain_text(HOLD, timeout=PATIENCE_MS)


def publish(page: Page, version: str) -> None:
    """Publish what is drafted, with the typed name of the version."""
    page.get_by_label("Name of the version").fill(version)
    card(page, "Publish").get_by_role("button", name="Publish").click()
    asked = page.get_by_role("alertdialog", name=f"Publish {version}")
    expect(asked.get_by_role("button", name="Publish")).to_be_disabled()
    page.keyboard.type(version)
    page.keyboard.press("Enter")
    asked.wait_for(state="detached")  # it is checked again


def refunds(trial: Locator) -> int:
    """Wait for the result of a trial without refunds after a withdrawal; returns how many of them differ.

    The points that the marketplace would have kept are theirs.
    """
    said = re.compile(r"(\d+) of \d+\s*\+(\d+) points")
    row = trial.get_by_role("row").filter(has_text="Refund")
    expect(row).to_contain_text(said, timeout=PATIENCE_MS)
    found = said.search(row.inner_text())
    assert found is not None
    differing, points = map(int, found.groups())
    assert differing >= SEEDED
    assert points == 10 * differing
    expect(trial).to_contain_text(f"differ, +{points} points")
    expect(trial).to_contain_text(f"The marketplace would have kept {points} points more")
    return differing


def test_a_policy_with_36_hours_is_drafted_tried_published_and_counts_for_the_next_application(
    server: DemoServer, window: Window, operator: Person
) -> None:
    """The demo's refunded withdrawals differ; Vera's next application has 36 hours, not 48 of the demo's."""
    version = f"demo-36h-{uuid4().hex[:8]}"
    page = window().new_page()
    draft(page, server, "demo")
    tab_until(page.get_by_label(REVEAL, exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type("36")
    page.keyboard.press("Tab")
    page.keyboard.type("hours")
    page.get_by_role("button", name=re.compile("Refund after a withdrawn acceptance$")).click()
    page.get_by_role("option", name="Off").click()
    wait_for_check(page)
    differences = card(page, "Differences")
    expect(differences).to_contain_text(re.compile(f"“{REVEAL}” changes from {OF_THE_DEMO} to 36 hours\\."))
    expect(differences).to_contain_text("“Refund after a withdrawn acceptance” changes from on to off.")
    page.reload()
    expect(page.get_by_label(REVEAL, exact=True)).to_have_value("36")
    wait_for_check(page)
    trial = card(page, "Try it on history")
    trial.get_by_role("button", name="Try it").click()
    if server.configured is not None:  # elsewhere a worker may have been quicker
        expect(trial).to_contain_text("Waiting for a worker")
    server.run_trials()
    refunds(trial)
    examples = trial.get_by_role("list", name="Examples").get_by_role("listitem")
    expect(examples.filter(has_text="Refund").first).to_contain_text("Refundable→Not refundable")
    publish(page, version)
    expect(page.get_by_text(f"{version} is published")).to_be_visible()
    entry = card(page, "Versions").get_by_role("listitem").filter(has_text=version)
    expect(entry).to_contain_text("In force")
    expect(card(page, "Differences")).to_contain_text(re.compile(f"from {OF_THE_DEMO} to 36 hours"))

    lead = Person(server.address, "prospect").publish("Ulrike", "A lead under the new policy")
    vera = window().new_page()
    sign_in(vera, server.address, "vendor", f"/leads/{lead.lead_id}")
    vera.get_by_label("Introduction").fill("We answer within 36 hours, too.")
    vera.get_by_role("button", name="Apply for").click()
    expect(vera.get_by_text("The prospect has 36 hours to respond").first).to_be_visible()
    expect(vera.get_by_role("time").filter(has_text=re.compile(r"^1d 1[12]h$")).first).to_be_visible()
    page.reload()
    expect(entry).to_contain_text("1 running case")


def test_the_examples_of_a_trial_lead_to_their_records(
    server: DemoServer, window: Window, operator: Person
) -> None:
    page = window().new_page()
    draft(page, server, "demo")
    page.get_by_role("button", name=re.compile("Refund after a withdrawn acceptance$")).click()
    page.get_by_role("option", name="Off").click()
    wait_for_check(page)
    page.get_by_label("Sample").fill("1000")
    card(page, "Try it on history").get_by_role("button", name="Try it").click()
    if server.configured is not None:
        expect(card(page, "Try it on history")).to_contain_text("Waiting for a worker")
    server.run_trials()
    differing = refunds(card(page, "Try it on history"))
    page.get_by_role("list", name="Examples").get_by_role("link").first.click()
    page.get_by_role("heading", level=1, name="Refund").wait_for()
    expect(page.get_by_text("withdrawn_before_meeting")).to_be_visible()
    page.go_back()
    expect(card(page, "Try it on history")).to_contain_text(f"+{10 * differing} points")
    page.get_by_role("button", name="Discard the draft").click()
    expect(card(page, "Differences")).to_contain_text("Nothing differs")


def test_problems_stand_at_their_fields_before_publishing(server: DemoServer, window: Window) -> None:
    """Out of bounds, no number, and a reminder after the reveal; the form opens the area of a problem."""
    page = window(width=NARROW).new_page()
    draft(page, server, "default")
    reveal, reminder = page.get_by_label(REVEAL, exact=True), page.get_by_label(REMINDER, exact=True)
    reveal.fill("0")
    page.get_by_role("button", name="Messages").click()
    page.get_by_label("Attempts to send an email").fill("many")
    expect(reveal).to_have_attribute("aria-invalid", "true")
    expect(reveal).to_have_accessible_description(re.compile("is not an integer from 1 to"))
    expect(page.get_by_label("Attempts to send an email")).to_have_accessible_description(
        re.compile("is not an integer from 1 to 100")
    )
    expect(card(page, "Differences")).to_contain_text("2 problems")
    check(page)
    page.get_by_role("button", name="Back to 10").click()
    page.get_by_role("button", name="Back to 48 hours").click()
    reminder.fill("72")
    expect(reminder).to_have_accessible_description(
        re.compile(f"72 hours must be less than “{REVEAL}” \\(48 hours\\); a reminder must come before")
    )
    expect(card(page, "Publish").get_by_role("button", name="Publish")).to_be_disabled()
    expect(card(page, "Publish")).to_contain_text("The draft must differ and pass the check first.")
    page.get_by_role("button", name="Discard the draft").click()
    expect(reminder).to_have_value("24")
    expect(reminder).not_to_have_attribute("aria-invalid", "true")


def test_a_draft_whose_rules_have_a_gap_shows_a_counterexample_and_cannot_be_published(
    server: DemoServer, window: Window
) -> None:
    """No parameters within their bounds make a gap, so the server's answer is changed on its way."""
    example = "visibility: no rule fires for viewer=VENDOR, waited=36 hours"

    def with_a_gap(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        if (found := (body.get("data") or {}).get("policyCheck")) is not None:
            found |= {"rulesetsHold": False, "counterexamples": [example]}
        route.fulfill(response=response, body=json.dumps(body))

    page = window().new_page()
    draft(page, server, "default")
    page.route(re.compile("/graphql$"), with_a_gap)
    page.get_by_label("Name of the version").fill("with-a-gap")
    page.get_by_label(REVEAL, exact=True).fill("36")
    expect(page.get_by_role("list", name="Cases that are not decided")).to_contain_text(example)
    expect(card(page, "Differences")).to_contain_text("The draft cannot be published.")
    expect(card(page, "Publish").get_by_role("button", name="Publish")).to_be_disabled()
    expect(card(page, "Try it on history").get_by_role("button", name="Try it")).to_be_disabled()


def test_of_two_who_publish_the_second_keeps_the_draft_and_compares_again(
    server: DemoServer, window: Window, operator: Person
) -> None:
    _, parameters = operator.parameters("default")
    days = str(parameters["placement"]["news_for"] // 86_400 + 1)
    page = window().new_page()
    draft(page, server, "default")
    page.get_by_role("button", name="Banners").click()
    news = page.get_by_label("Time for which news is shown", exact=True)
    news.fill(days)
    wait_for_check(page)
    messages = {
        **parameters["messages"],
        "most_attempts_push": parameters["messages"]["most_attempts_push"] + 1,
    }
    other = operator.publish_policy("default", {**parameters, "messages": messages})
    version = f"default-{uuid4().hex[:8]}"
    publish(page, version)
    expect(card(page, "Publish")).to_contain_text("Your draft is kept.")
    expect(card(page, "Publish")).to_contain_text(other)
    expect(news).to_have_value(days)
    expect(page.get_by_label("Name of the version")).to_have_value(version)
    page.get_by_role("button", name="Compare with the new version").click()
    expect(card(page, "Differences")).to_contain_text(f"Compared with {other}")
    expect(news).to_have_value(days)
    wait_for_check(page)
    publish(page, version)
    expect(page.get_by_text(f"{version} is published")).to_be_visible()
    _, published = operator.parameters("default")
    assert published["placement"]["news_for"] == int(days) * 86_400
    assert published["messages"] == messages


def test_versions_stand_on_a_time_line_and_two_are_compared(
    server: DemoServer, window: Window, operator: Person
) -> None:
    latest, parameters = operator.parameters("demo")
    contact = {**parameters["contact"], "calls_a_day": parameters["contact"]["calls_a_day"] + 1}
    version = operator.publish_policy("demo", {**parameters, "contact": contact})
    page = window().new_page()
    sign_in(page, server.address, "operator", f"/policies?to={version}")
    settle(page)
    check(page)
    entries = page.get_by_role("region", name="Versions").get_by_role("listitem")
    expect(entries.first).to_contain_text(version)
    expect(entries.first).to_contain_text("In force")
    expect(entries.nth(1)).to_contain_text("Past")
    differences = page.get_by_role("list", name="Differences")
    expect(differences).to_contain_text("“Calls to a person in a day” changes from")
    entries.first.get_by_role("button", name=f"Compare with {latest}").click()
    expect(page).to_have_url(re.compile(f"from={latest}"))
    entries.first.get_by_role("link", name="Its decisions").click()
    expect(page).to_have_url(re.compile(f"/decisions.*policy={version}"))
    expect(page.get_by_text("No such decisions")).to_be_visible()


def test_the_numbers_of_a_version_can_be_read(server: DemoServer, window: Window) -> None:
    page = window(width=NARROW).new_page()
    sign_in(page, server.address, "operator", "/policies?market=default")
    settle(page)
    page.get_by_role("button", name="Its numbers").last.click()
    dialog = page.get_by_role("dialog", name="default-1")
    expect(dialog.get_by_role("region", name="Reveal")).to_contain_text(re.compile(f"{REVEAL}\\s*48 hours"))
    settle(page)
    check(page)
