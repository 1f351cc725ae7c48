"""Published calendars contain no contact data; the file of an event does for its vendor, after the reveal.

Every viewer subscribes and downloads the event of every application that the viewer sees.
"""

from urllib.parse import urlsplit

from icalendar import Calendar

from models.messages.calendar_feeds import create_feed, has_calendar
from tests.leak.planting import entitled
from tests.leak.search import Search
from tests.support.messages import CONTEXT

EVENTS = "{ applications(first: 100) { nodes { calendarEvent { file } } } }"


def _text(document: bytes) -> str:
    """Return what a calendar program shows."""
    shown: bytes = Calendar.from_ical(document).to_ical()
    return shown.replace(b"\r\n ", b"").decode()


async def test_no_subscribed_calendar_contains_contact_data(search: Search) -> None:
    """Not even of revealed leads: its address is copied into other services."""
    found = {}
    for name, viewer in search.made.viewers.items():
        if viewer.user_id is None or not has_calendar(viewer):
            continue
        feed = await create_feed(viewer, CONTEXT)
        assert feed.url is not None
        response = await search.api.http.get(urlsplit(feed.url).path)
        if name == "erased":
            assert response.status_code == 404
            continue
        text = f"{_text(response.content)} {dict(response.headers)}"
        assert search.finder.find(text) == set(), name
        found[name] = len(Calendar.from_ical(response.content).events)
    assert all(found[name] > 0 for name in ("owner", "member", "rival", "prospect", "operator")), found


async def test_the_file_of_an_event_has_what_its_vendor_may_see_and_nothing_else(search: Search) -> None:
    confirmed = set()
    for name, viewer in search.made.viewers.items():
        if viewer.user_id is None or not has_calendar(viewer):
            continue
        answer = await search.api.http.post(
            "/graphql",
            json={"query": EVENTS},
            headers={"Authorization": f"Bearer {await search.token(viewer)}"},
        )
        assert "errors" not in answer.json(), name
        allowed = await entitled(search.made, viewer) if viewer.vendor_id else set()
        for node in answer.json()["data"]["applications"]["nodes"]:
            if node["calendarEvent"] is None:
                continue
            response = await search.api.http.get(node["calendarEvent"]["file"])
            if name == "erased":
                assert response.status_code == 404
                continue
            text = _text(response.content)
            numbers = {number for number, _ in search.finder.find(text)}
            assert numbers <= allowed, name
            if numbers:
                assert "STATUS:CONFIRMED" in text
                assert len(numbers) == 1
                confirmed.add(name)
    assert confirmed == {"owner", "member", "rival"}
