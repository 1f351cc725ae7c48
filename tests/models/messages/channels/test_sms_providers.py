"""Requests to SMS providers, and what their answers mean."""

import base64
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from models.contact_data.sms_numbers import may_receive
from models.messages.channels.sms.configured import sms_provider
from models.messages.channels.sms.provider import (
    Accepted,
    FindAnswer,
    NotFound,
    Refused,
    SendAnswer,
    SmsProvider,
    SmsRefusal,
    Unclear,
)
from models.messages.channels.sms.seven import Seven
from models.messages.channels.sms.twilio import Twilio

TO, TEXT, REFERENCE = "+48601234567", "Cześć & 100% = ok? +1", "01939c2e"
SINCE = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
SEVEN: SmsProvider = Seven("secret-key", "Leadgate")
TWILIO: SmsProvider = Twilio("AC123", "secret-token", "+4915112345678")


def test_seven_is_sent_json_with_our_reference() -> None:
    request = SEVEN.send(TO, TEXT, REFERENCE)
    assert (request.method, request.url) == ("POST", "https://gateway.seven.io/api/sms")
    assert request.headers == {
        "X-Api-Key": "secret-key",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }
    assert json.loads(request.body) == {
        "to": TO,
        "text": TEXT,
        "from": "Leadgate",
        "foreign_id": REFERENCE,
    }


def seven_says(code: object, **message: object) -> bytes:
    """An answer of seven.io."""
    fields = {"id": "77233", "success": True, "error": None, "parts": 2, "recipient": TO} | message
    return json.dumps({"success": code, "total_price": 0.15, "messages": [fields]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, seven_says("100"), Accepted("77233", 2)),
        (200, seven_says(100, id=77233, parts=None), Accepted("77233")),
        (200, seven_says("100", success=False, error="202"), Refused(SmsRefusal.NUMBER_REFUSED, "202")),
        (200, seven_says("101", success=False, error=202), Refused(SmsRefusal.NUMBER_REFUSED, "202")),
        (200, b'{"success":"201"}', Refused(SmsRefusal.SENDER_REFUSED, "201")),
        (200, b"900", Refused(SmsRefusal.NOT_SIGNED_IN, "900")),
        (200, b'"900"', Refused(SmsRefusal.NOT_SIGNED_IN, "900")),
        (200, b'{"success":"500"}', Refused(SmsRefusal.NO_CREDIT, "500")),
        (200, b'{"success":"403"}', Refused(SmsRefusal.THROTTLED, "403")),
        (200, b'{"success":"401"}', Refused(SmsRefusal.TEXT_REFUSED, "401")),
        (200, b'{"success":"402"}', Unclear("402")),  # sent before: not sent twice
        (400, b'{"success":"402"}', Unclear("402")),
        (200, b'{"success":"600"}', Unclear("600")),
        (200, seven_says("100", id=None), Unclear("100")),
        (200, seven_says("101"), Unclear("101")),
        (200, b'{"success":"100","messages":[]}', Unclear("100")),
        (200, b"<html>", Unclear("200")),
        (401, b"", Refused(SmsRefusal.NOT_SIGNED_IN, "401")),
        (429, b"", Refused(SmsRefusal.THROTTLED, "429")),
        (402, b"{}", Refused(SmsRefusal.NO_CREDIT, "402")),
        (404, b"[]", Refused(SmsRefusal.REQUEST_REFUSED, "404")),
        (408, b"", Unclear("408")),
        (500, b"", Unclear("500")),
        (502, seven_says("700", error="+48 601 234 567"), Unclear("700")),
    ],
)
def test_answers_of_seven(status: int, body: bytes, expected: SendAnswer) -> None:
    assert SEVEN.read_send(status, body) == expected


def test_seven_is_asked_for_messages_to_the_number_since_the_day_before_the_first_attempt() -> None:
    """Its journal is of 30 days unless it is asked for more, and its days may begin in another time zone."""
    request = SEVEN.find(TO, REFERENCE, SINCE)
    assert request is not None
    assert request.method == "GET"
    query = "to=%2B48601234567&date_from=2026-02-28&limit=100"
    assert request.url == f"https://gateway.seven.io/api/journal/outbound?{query}"
    assert request.headers["X-Api-Key"] == "secret-key"


OTHER = {"id": "1", "foreign_id": "another"}


@pytest.mark.parametrize(
    ("status", "entries", "expected"),
    [
        (200, [OTHER, {"id": "2", "foreign_id": REFERENCE}], Accepted("2")),
        (200, [OTHER, {"id": "3", "foreign_id": None}, "odd"], NotFound()),
        (200, [], NotFound()),
        (200, [OTHER] * 100, Unclear("200")),  # it may be on the next page
        (200, {"success": "900"}, Unclear("200")),
        (500, [], Unclear("500")),
    ],
)
def test_the_journal_of_seven(status: int, entries: object, expected: FindAnswer) -> None:
    assert SEVEN.read_find(status, json.dumps(entries).encode(), REFERENCE) == expected


def test_twilio_is_sent_a_form_with_basic_authentication() -> None:
    request = TWILIO.send(TO, TEXT, REFERENCE)
    assert request.method == "POST"
    assert request.url == "https://api.twilio.com/2010-04-01/Accounts/AC123/Messages.json"
    scheme, _, credentials = request.headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(credentials)) == ("Basic", b"AC123:secret-token")
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.body.decode(), strict_parsing=True) == {
        "To": [TO],
        "From": ["+4915112345678"],
        "Body": [TEXT],
    }


def test_a_messaging_service_of_twilio_chooses_the_sender() -> None:
    request = Twilio("AC1/../x", "t", "MG42").send(TO, TEXT, REFERENCE)
    assert "/Accounts/AC1%2F..%2Fx/" in request.url
    assert parse_qs(request.body.decode())["MessagingServiceSid"] == ["MG42"]


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (201, {"sid": "SM1", "num_segments": "2", "status": "queued"}, Accepted("SM1", 2)),
        (201, {"sid": "SM1", "num_segments": "0", "status": "accepted"}, Accepted("SM1")),
        (201, {"sid": None}, Unclear("201")),
        (201, [], Unclear("201")),
        (200, {"sid": "SM1"}, Unclear("200")),
        (400, {"code": 21211, "message": f"{TO} is not valid"}, Refused(SmsRefusal.NUMBER_REFUSED, "21211")),
        (400, {"code": 21610}, Refused(SmsRefusal.OPTED_OUT, "21610")),
        (400, {"code": 21606}, Refused(SmsRefusal.SENDER_REFUSED, "21606")),
        (400, {"code": 21617}, Refused(SmsRefusal.TEXT_REFUSED, "21617")),
        (400, {"code": 99999}, Refused(SmsRefusal.REQUEST_REFUSED, "99999")),
        (400, {"code": TO}, Refused(SmsRefusal.REQUEST_REFUSED, "400")),
        (401, {"code": 20003}, Refused(SmsRefusal.NOT_SIGNED_IN, "20003")),
        (429, {"code": 20429}, Refused(SmsRefusal.THROTTLED, "20429")),
        (429, None, Refused(SmsRefusal.THROTTLED, "429")),
        (503, {"code": 21211}, Unclear("21211")),  # an error of the server proves nothing
        (500, "x", Unclear("500")),
    ],
)
def test_answers_of_twilio(status: int, answer: object, expected: SendAnswer) -> None:
    assert TWILIO.read_send(status, json.dumps(answer).encode()) == expected


def test_twilio_cannot_be_asked() -> None:
    assert TWILIO.find(TO, REFERENCE, SINCE) is None
    assert TWILIO.read_find(200, b"[]", REFERENCE) == Unclear()


@pytest.mark.parametrize("provider", [SEVEN, TWILIO])
def test_a_request_shows_no_number_no_text_and_no_key(provider: SmsProvider) -> None:
    for request in (provider.send(TO, TEXT, REFERENCE), provider.find(TO, REFERENCE, SINCE)):
        shown = f"{request} {request!r}"
        assert not any(secret in shown for secret in (TO, "601234567", TEXT, "secret"))


def test_only_what_the_recipient_or_the_text_causes_is_permanent() -> None:
    assert {refusal for refusal in SmsRefusal if refusal.permanent} == {
        SmsRefusal.NUMBER_REFUSED,
        SmsRefusal.OPTED_OUT,
        SmsRefusal.TEXT_REFUSED,
        SmsRefusal.REQUEST_REFUSED,
    }


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("seven://:key@", "https://gateway.seven.io/api/sms"),
        ("seven://:key@sms.example", "https://sms.example/api/sms"),
        ("seven://:key@localhost:8080/", "http://localhost:8080/api/sms"),
        ("twilio://AC1:token@[::1]:8080", "http://[::1]:8080/2010-04-01/Accounts/AC1/Messages.json"),
        ("twilio://AC1:token@", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json"),
    ],
)
def test_a_provider_is_specified_by_a_url(url: str, address: str) -> None:
    assert sms_provider(url, "Leadgate").send(TO, TEXT, REFERENCE).url == address


def test_a_key_in_a_url_is_percent_encoded() -> None:
    request = sms_provider("seven://:a%2Fb%40c@gateway.seven.io", "Leadgate").send(TO, TEXT, REFERENCE)
    assert request.headers["X-Api-Key"] == "a/b@c"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "seven://gateway.seven.io",
        "seven://user:hidden@host",
        "twilio://:hidden@host",
        "https://:hidden@host",
        "seven://:hidden@host/path",
        "seven://:hidden@host?x=y",
        "seven://:hidden@host:99999",
        "seven://:hidden@[::1",
    ],
)
def test_a_malformed_url_is_refused_without_quoting_its_key(url: str) -> None:
    with pytest.raises(ValueError, match="must be seven") as raised:
        sms_provider(url, "Leadgate")
    assert "hidden" not in str(raised.value)
    with pytest.raises(ValueError, match="a sender"):
        sms_provider("seven://:hidden@", "")


@pytest.mark.parametrize(
    ("number", "allowed"),
    [
        ("+4915112345678", True),
        ("+48601234567", True),
        ("+49170123456789", True),  # possible, though not valid
        ("+493012345678", True),  # networks read SMS to landlines aloud
        ("+499001234567", False),  # premium rate
        ("+491801123456", False),  # shared cost
        ("+48701234567", False),  # premium rate
        ("+49110", False),
        ("+48112", False),
        ("110", False),
        ("", False),
        ("not a number", False),
    ],
)
def test_premium_rate_and_short_numbers_are_not_sent_an_sms(number: str, allowed: bool) -> None:
    assert may_receive(number) is allowed
