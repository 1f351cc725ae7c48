"""The link that stops optional letters to a person: who opens it, who uses it, and what it does not stop."""

from datetime import datetime

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.contacting.lift_stop import lift_stop
from models.messages.links import StopLink, read_stop, stop_url
from models.tables import User
from rules.contacting.terms import Medium
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import CONTACT_VALUES, SECOND, START
from tests.support.messages import CONTEXT, dispatches, send_all
from tests.support.reading import application, erase, event_kinds, row, rows_of
from tests.support.stops import insert_stop


def _path(applied: Applied, medium: Medium = Medium.EMAIL) -> str:
    link = StopLink(applied.place.prospect.id, None, medium)
    return stop_url(CONTEXT, link).removeprefix(CONTEXT.origin)


def test_a_token_says_what_it_stops() -> None:
    for account_id in (None, new_id()):
        link = StopLink(new_id(), account_id, Medium.EMAIL)
        token = stop_url(CONTEXT, link).rpartition("/")[2]
        assert read_stop(CONTEXT, token) == link
        other = StopLink(new_id(), account_id, Medium.EMAIL)
        forged = stop_url(CONTEXT, other).rpartition("/")[2][:32] + token[32:]
        assert read_stop(CONTEXT, forged) is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_scanner_that_opens_the_link_stops_nothing(api: Api, applied: Applied, method: str) -> None:
    before = await snapshot(connection())
    prefetch = {"Sec-Purpose": "prefetch", "Purpose": "prefetch"}
    response = await api.http.request(method, _path(applied), headers=prefetch)
    assert response.status_code == (405 if method == "OPTIONS" else 200)
    if method == "GET":
        assert "You will no longer receive emails that you can do without." in response.text
        assert not [value for value in CONTACT_VALUES if value in response.text]
    assert await snapshot(connection()) == before


async def test_using_the_link_stops_emails_only_and_tells_the_person_once(
    api: Api, applied: Applied, database: Database
) -> None:
    """As mail programs do it (RFC 8058), as often as they like; applications are not affected."""
    await send_all()
    for _ in range(3):
        response = await api.http.post(
            _path(applied),
            content="List-Unsubscribe=One-Click",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert response.status_code == 200
        assert "You no longer receive emails that you can do without." in response.text
    stop = await row("do_not_contact")
    assert (stop["prospect_id"], stop["medium"], stop["origin"], stop["scope"], stop["since"]) == (
        applied.place.prospect.id,
        "EMAIL",
        "LINK",
        "MARKET",
        START,
    )
    assert (await application(applied.application_id))["ended_at"] is None
    assert (await event_kinds(applied.place.prospect.id)).count("CONTACT_STOPPED") == 1
    sent = await send_all()
    assert sent.subjects == ["We no longer send you emails that you can do without"]
    assert await event_kinds(applied.place.vendor.id) == ["POINTS_PURCHASED", "APPLICATION_SUBMITTED"]


async def test_the_link_makes_a_stop_with_an_end_endless(api: Api, applied: Applied) -> None:
    await insert_stop(applied.place.prospect.id, START, medium="EMAIL", until=START + SECOND, origin="PERSON")
    assert (await api.http.post(_path(applied))).status_code == 200
    assert (await row("do_not_contact"))["until"] is None


async def test_a_vendor_cannot_lift_its_own_stop_once_the_person_has_used_the_link(
    api: Api, applied: Applied
) -> None:
    person, vendor = applied.place.prospect.id, applied.place.vendor
    stop_id = await insert_stop(person, START, medium="EMAIL", account_id=vendor.id, origin="VENDOR")
    url = stop_url(CONTEXT, StopLink(person, vendor.id, Medium.EMAIL))
    for _ in range(2):
        assert (await api.http.post(url.removeprefix(CONTEXT.origin))).status_code == 200
    assert (await row("do_not_contact", id=stop_id))["origin"] == "LINK"
    assert (await event_kinds(person)).count("CONTACT_STOPPED") == 1


@pytest.mark.parametrize(
    ("medium", "necessity", "state"),
    [
        ("CALL", "OPTIONAL", "SENT"),
        ("EMAIL", "OPTIONAL", "SUPPRESSED"),
        (None, "OPTIONAL", "SUPPRESSED"),
        ("EMAIL", "PART_OF_THE_CONTRACT", "SENT"),
        (None, "PART_OF_THE_CONTRACT", "SENT"),
    ],
)
async def test_a_stop_suppresses_optional_messages_by_its_medium(
    applied: Applied, database: Database, medium: str | None, necessity: str, state: str
) -> None:
    """What law or contract demands is sent all the same."""
    await fetch(connection(), "UPDATE outbox_message SET necessity = $1", necessity)
    await insert_stop(applied.place.prospect.id, START, medium=medium)
    await send_all()
    (received,) = await dispatches("application_received")
    assert received["state"] == state


@pytest.mark.parametrize(("until", "state"), [(START, "SENT"), (START + SECOND, "SUPPRESSED")])
async def test_a_stop_that_has_ended_suppresses_nothing(
    applied: Applied, database: Database, until: datetime, state: str
) -> None:
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'OPTIONAL'")
    await insert_stop(applied.place.prospect.id, START - SECOND, until=until)
    await send_all()
    (received,) = await dispatches("application_received")
    assert received["state"] == state


async def test_an_optional_letter_to_a_person_has_the_link(applied: Applied, database: Database) -> None:
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'OPTIONAL'")
    sent = await send_all()
    urls = [content.unsubscribe.url for _, content in sent.sent if content.unsubscribe]
    assert f"{CONTEXT.origin}{_path(applied)}" in urls


async def test_the_person_has_a_way_back(api: Api, applied: Applied, database: Database) -> None:
    await api.http.post(_path(applied))
    await lift_stop(applied.place.prospect.viewer, (await row("do_not_contact"))["id"], reason="Not me.")
    assert (await row("do_not_contact"))["lifted_at"] == START
    await send_all()
    assert [one["state"] for one in await dispatches("contact_stopped")] != ["SENT"]
    await api.http.post(_path(applied))
    assert len(await rows_of("do_not_contact")) == 2


@pytest.mark.parametrize("change", ["x", "-", ""])
async def test_an_unknown_link_and_that_of_an_erased_person_are_alike(
    api: Api, applied: Applied, database: Database, change: str
) -> None:
    await erase(applied.place.prospect.id, START)
    before = await snapshot(connection())
    path = _path(applied)
    for method in ("GET", "POST"):
        gone = await api.http.request(method, path)
        wrong = await api.http.request(method, path[:-1] + change if change else path[:-1])
        assert (gone.status_code, gone.text) == (wrong.status_code, wrong.text)
        assert gone.status_code == 404
    assert await snapshot(connection()) == before


async def test_the_page_is_in_the_persons_language(api: Api, applied: Applied) -> None:
    await User.filter(id=applied.place.prospect.viewer.user_id).update(locale="de")
    assert "Sie erhalten dann nur noch notwendige E-Mails." in (await api.http.get(_path(applied))).text
