"""Pages behind links in letters: what they show, what they do, and what a scanner's visit doesn't do."""

import re

import pytest
from starlette.types import Message

from models.applications.answer import accept
from models.base.database import connection
from models.base.ids import new_id
from models.feed.kinds import NotificationGroup
from models.messages.links import link_token, read_unsubscribe, unsubscribe_url
from models.messages.tables import LinkPurpose
from models.process.wake import Silence
from models.tables import User
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import CONTACT_VALUES, HOUR, START
from tests.support.messages import CONTEXT, one_dispatch, send_all
from tests.support.reading import application, erase

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def _link(applied: Applied) -> str:
    """Send the letter, and return the path of its page."""
    await send_all()
    dispatch_id = (await one_dispatch("application_received"))["id"]
    return f"/answer/{link_token(CONTEXT, LinkPurpose.ANSWER, dispatch_id)}"


async def test_the_page_says_what_each_answer_means_and_until_when(api: Api, applied: Applied) -> None:
    response = await api.http.get(await _link(applied))
    assert response.status_code == 200
    for said in (
        "Fake Vendor Ltd applied for",
        "We renew websites and would like to show you how.",
        "If you accept, Fake Vendor Ltd sees your contact data immediately.",
        "4 March 2026, 09:00 UTC",
        "Accept</button>",
        "Decline</button>",
        "<textarea",
    ):
        assert said in response.text, said
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "<script" not in response.text
    assert not [value for value in CONTACT_VALUES if value in response.text]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_scanner_that_opens_the_link_changes_nothing(api: Api, applied: Applied, method: str) -> None:
    """Not even that the application was opened (S1.10)."""
    link = await _link(applied)
    before = await snapshot(connection())
    response = await api.http.request(method, link)
    assert response.status_code == (405 if method == "OPTIONS" else 200)
    assert await snapshot(connection()) == before


async def test_accepting_by_the_link_reveals_the_contact_data_and_mails_the_vendor(
    api: Api, applied: Applied
) -> None:
    link = await _link(applied)
    response = await api.http.post(link, content="deed=accept", headers=FORM)
    assert response.status_code == 200
    assert "You accepted the application." in response.text
    answered = await application(applied.application_id)
    assert answered["accepted_at"] == answered["revealed_at"] == START
    channel = await send_all()
    told = "Fake Vendor Ltd has received your contact data"  # to the prospect, as the law requires
    assert sorted(channel.subjects) == [*["Accepted: “Website relaunch”"] * 2, told]
    # The same deed again, and the other one, show the state.
    for deed in ("accept", "decline"):
        response = await api.http.post(link, content=f"deed={deed}", headers=FORM)
        assert response.status_code == 200
        assert "has been used or has expired" in response.text
        assert "You accepted the application." in response.text
    assert (await application(applied.application_id))["declined_at"] is None


async def test_declining_by_the_link_takes_a_word_with_it(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    response = await api.http.post(link, data={"deed": "decline", "word": "We found somebody."})
    assert "You declined the application." in response.text
    assert (await application(applied.application_id))["decline_message"] == "We found somebody."


async def test_a_word_that_identifies_the_prospect_is_refused_and_nothing_changes(
    api: Api, applied: Applied
) -> None:
    """The page asks again: whoever believes that they have declined would be silent until the reveal."""
    link = await _link(applied)
    response = await api.http.post(link, data={"deed": "decline", "word": "Call +49 30 23125 014"})
    assert response.status_code == 409
    assert '<p role="alert">' in response.text
    assert response.text.count("<button") == 3
    assert "+49 30 23125 014" not in response.text
    assert (await application(applied.application_id))["declined_at"] is None
    assert (await api.http.get(link)).text.count("<button") == 3


async def test_a_client_that_hangs_up_during_its_form_is_no_fault(api: Api, applied: Applied) -> None:
    link = await _link(applied)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": link,
        "raw_path": link.encode(),
        "query_string": b"",
        "headers": [(b"host", b"leads.test"), (b"content-length", b"11")],
        "client": ("192.0.2.1", 1),
        "state": {},
    }
    await api.app(scope, receive, send)
    assert sent[0]["status"] == 413
    assert (await application(applied.application_id))["accepted_at"] is None


async def test_reviewing_by_the_link_can_be_followed_by_an_answer(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    await api.http.post(link, content="deed=review", headers=FORM)
    assert (await application(applied.application_id))["reviewed_at"] == START
    assert (await api.http.get(link)).text.count("<button") == 3


@pytest.mark.parametrize("content", ["", "deed=", "deed=delete", "deed", "%%%", "a=1&" * 50, "\xff"])
async def test_a_form_without_a_deed_does_nothing(api: Api, applied: Applied, content: str) -> None:
    link = await _link(applied)
    before = await snapshot(connection())
    response = await api.http.post(link, content=content.encode("latin-1"), headers=FORM)
    assert response.status_code == 200
    assert await snapshot(connection()) == before


async def test_a_form_that_is_too_long_is_refused(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    response = await api.http.post(link, content="word=" + "x" * 40_000, headers=FORM)
    assert response.status_code == 413
    assert (await application(applied.application_id))["declined_at"] is None


async def test_a_late_link_shows_the_state(api: Api, applied: Applied, database: Database) -> None:
    """By the clock, whether a worker has carried out the reveal or not."""
    link = await _link(applied)
    await database.clock.advance(48 * HOUR)
    response = await api.http.get(link)
    assert "your contact data was revealed" in response.text
    assert "<button" not in response.text
    await database.clock.advance(30 * 24 * HOUR)
    assert "has been used or has expired" in (await api.http.get(link)).text


async def test_an_answer_given_elsewhere_is_shown(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    await accept(applied.place.prospect.viewer, Silence(), applied.application_id)
    assert "You accepted the application." in (await api.http.get(link)).text


@pytest.mark.parametrize("token", ["0" * 64, "x", "%00", "..%2f", "a" * 5_000, "é"])
async def test_an_unknown_link_is_not_found(api: Api, applied: Applied, token: str) -> None:
    for path in ("answer", "unsubscribe"):
        for method in ("GET", "POST"):
            response = await api.http.request(method, f"/{path}/{token}")
            assert response.status_code == 404


async def test_the_link_of_an_erased_person_is_not_found(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    await erase(applied.place.prospect.id, START)
    assert (await api.http.get(link)).status_code == 404
    assert (await api.http.post(link, content="deed=accept", headers=FORM)).status_code == 404
    assert (await application(applied.application_id))["accepted_at"] is None


async def test_a_link_can_be_tried_ten_times_a_minute(api: Api, applied: Applied) -> None:
    link = await _link(applied)
    statuses: list[int] = []
    while 429 not in statuses and len(statuses) < 50:  # the bucket fills by one each six seconds
        response = await api.http.get(link)
        statuses.append(response.status_code)
    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429
    assert int(response.headers["Retry-After"]) > 0


async def test_the_page_is_in_the_prospects_language(api: Api, applied: Applied) -> None:
    await User.filter(id=applied.place.prospect.viewer.user_id).update(locale="pl")
    text = (await api.http.get(await _link(applied))).text
    assert '<html lang="pl">' in text
    assert "Zaakceptuj</button>" in text


def _unsubscribe(applied: Applied) -> str:
    user_id = applied.place.vendor.owner.user_id
    assert user_id is not None
    return unsubscribe_url(CONTEXT, user_id, NotificationGroup.LEADS).removeprefix(CONTEXT.origin)


async def test_unsubscribing_takes_one_request_without_signing_in(api: Api, applied: Applied) -> None:
    """RFC 8058: no redirect, no cookie; again has the same answer."""
    link = _unsubscribe(applied)
    shown = await api.http.get(link)
    assert "You will no longer receive emails about delivered leads." in shown.text
    first = await api.http.post(link, content="List-Unsubscribe=One-Click", headers=FORM)
    again = await api.http.post(link, content="stop=yes", headers=FORM)
    assert (first.status_code, first.text) == (200, again.text)
    assert "You no longer receive emails about delivered leads." in first.text
    assert "set-cookie" not in first.headers
    client = await api.client(applied.place.vendor.owner.user_id)
    document = "{ viewer { notificationPreferences { group channel on } } }"
    shown_after = (await client.ask(document)).data["viewer"]["notificationPreferences"]
    leads = {one["channel"]: one["on"] for one in shown_after if one["group"] == "LEADS"}
    assert (leads["EMAIL"], leads["PUSH"]) == (False, True)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_looking_at_the_page_of_unsubscribing_changes_nothing(
    api: Api, applied: Applied, method: str
) -> None:
    before = await snapshot(connection())
    assert (await api.http.request(method, _unsubscribe(applied))).status_code == 200
    assert await snapshot(connection()) == before


async def test_a_changed_unsubscribe_link_is_not_found(api: Api, applied: Applied) -> None:
    """Another user, another group, another proof."""
    link = _unsubscribe(applied)
    user = re.search(r"/unsubscribe/([0-9a-f]{32})", link)
    other = applied.place.vendor.member.user_id
    assert user is not None
    assert other is not None
    place = len("/unsubscribe/") + 32
    for changed in (
        link.replace(user[1], other.hex),
        link[:place] + "0" + link[place + 1 :],
        link[:-1] + ("0" if link[-1] != "0" else "1"),
    ):
        assert (await api.http.post(changed)).status_code == 404


async def test_a_prospect_without_a_user_answers_in_the_language_of_the_browser(
    api: Api, applied: Applied
) -> None:
    """The link proves who it is; the vendor is told as after an answer in the application."""
    await User.filter(id=applied.place.prospect.viewer.user_id).update(prospect_id=None)
    link = await _link(applied)
    assert (await one_dispatch("application_received"))["lead_id"] == applied.place.lead.id
    german = {**FORM, "Accept-Language": "de"}
    assert "Annehmen</button>" in (await api.http.get(link, headers=german)).text
    response = await api.http.post(link, content="deed=accept", headers=german)
    assert "Sie haben die Bewerbung angenommen." in response.text
    assert (await application(applied.application_id))["accepted_at"] == START


def test_a_link_to_unsubscribe_names_its_group() -> None:
    """Groups that are added later don't change what the links in sent emails mean."""
    url = unsubscribe_url(CONTEXT, new_id(), NotificationGroup.LEADS)
    found = read_unsubscribe(CONTEXT, url.rpartition("/")[2])
    assert found is not None
    assert found[1] is NotificationGroup.LEADS
    assert "-LEADS-" in url
