"""Drivers of telephone systems: what each request says, and that only signed ones are believed."""

import base64
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.calls.merge import FactKind
from models.calls.phone import sipgate, twilio
from models.calls.phone.drivers import DRIVERS, PhoneDriver
from models.calls.phone.event import PhoneEvent
from models.calls.phone.request import JSON, MalformedRequest, PhoneRequest, read_form
from tests.support.marketplace import START
from tests.support.phone_requests import URL, form, message, new_secret, public_pem, signed

GENERIC, SIPGATE, TWILIO, PLACETEL = PhoneDriver
BODIES = {
    GENERIC: message(type="call.ringing", call="c1", from_="+493012345", to="+493023125100"),
    SIPGATE: form({"event": "newCall", "callId": "c1", "direction": "in", "from": "493012345"}),
    TWILIO: form({"CallSid": "CA1", "CallStatus": "ringing", "From": "+493012345"}),
    PLACETEL: form({"event": "IncomingCall", "call_id": "c1", "from": "03012345"}),
}
every_driver = pytest.mark.parametrize("driver", PhoneDriver)


def read(driver: PhoneDriver, body: bytes, **headers: str) -> PhoneEvent | None:
    """Return what a driver reads of a body."""
    given = {"content-type": JSON if driver is GENERIC else "", "webhook-id": "msg_1", **headers}
    return DRIVERS[driver].read(PhoneRequest(URL, given, body))


def told(driver: PhoneDriver, **fields: str | list[str]) -> PhoneEvent:
    """Return the event of a form."""
    event = read(driver, form(fields))
    assert event is not None
    return event


@every_driver
def test_a_signed_request_is_believed_and_one_changed_by_a_byte_is_not(driver: PhoneDriver) -> None:
    secret, body = new_secret(driver), BODIES[driver]
    request, verified = signed(driver, secret, body, START), DRIVERS[driver].verified
    assert verified([secret], request, START)
    assert not verified([secret], replace(request, body=body.replace(b"12345", b"12346")), START)
    assert not verified([], request, START)


@every_driver
def test_a_signature_by_another_secret_or_none_is_not_believed(driver: PhoneDriver) -> None:
    other = public_pem(1) if driver is SIPGATE else new_secret(driver)
    secret, driven = new_secret(driver), DRIVERS[driver]
    request = signed(driver, secret, BODIES[driver], START)
    assert not driven.verified([other], request, START)
    assert driven.verified([other, secret], request, START)
    for wrong in ("", "é", "AAAA", "v1,AAAA"):
        headers = {**request.headers, driven.header: wrong}
        assert not driven.verified([secret], replace(request, headers=headers), START)
    without = {name: value for name, value in request.headers.items() if name != driven.header}
    assert not driven.verified([secret], replace(request, headers=without), START)


def test_generic_is_believed_for_five_minutes_either_way() -> None:
    secret = new_secret(GENERIC)
    request = signed(GENERIC, secret, BODIES[GENERIC], START)
    for seconds, good in ((-301, False), (-300, True), (300, True), (301, False)):
        at = START + timedelta(seconds=seconds)
        assert DRIVERS[GENERIC].verified([secret], request, at) is good


def test_twilio_signs_its_address_with_or_without_the_port_and_repeated_fields_once() -> None:
    secret = new_secret(TWILIO)
    body = form([("CallSid", "CA1"), ("B", "2"), ("B", "1"), ("A", "x"), ("B", "2")])
    token_over = "Ax" + "B1" + "B2" + "CallSidCA1"
    for url in ("https://a.example:443/phone/x?q=1", "https://a.example/phone/x?q=1"):
        headers = {twilio.SIGNATURE: twilio.signature(secret, url, token_over)}
        for ours in ("https://a.example/phone/x?q=1", "https://a.example:443/phone/x?q=1"):
            request = PhoneRequest(ours, headers, body)
            assert DRIVERS[TWILIO].verified([secret], request, START)
        other = PhoneRequest("https://b.example/phone/x?q=1", headers, body)
        assert not DRIVERS[TWILIO].verified([secret], other, START)


def test_twilio_signs_as_in_its_published_example() -> None:
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    headers = {twilio.SIGNATURE: "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
    request = PhoneRequest("https://mycompany.com/myapp.php?foo=1&bar=2", headers, form(fields))
    assert DRIVERS[TWILIO].verified(["12345"], request, START)


def test_twilio_signs_json_by_the_hash_in_its_address() -> None:
    secret, body = new_secret(TWILIO), b'{"CallSid": "CA1", "CallStatus": "ringing"}'
    digest = hashlib.sha256(body).hexdigest()
    url = f"https://a.example/phone/x?bodySHA256={digest}"
    headers = {"content-type": JSON, twilio.SIGNATURE: twilio.signature(secret, url, "")}
    request = PhoneRequest(url, headers, body, {"bodySHA256": digest})
    assert DRIVERS[TWILIO].verified([secret], request, START)
    assert not DRIVERS[TWILIO].verified([secret], replace(request, body=body + b" "), START)
    event = DRIVERS[TWILIO].read(request)
    assert event is not None
    assert (event.call, event.kind) == ("CA1", FactKind.RINGING)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (FactKind.RINGING, "call.ringing"),
        (FactKind.ANSWERED, "call.answered"),
        (FactKind.CONSULTING, "call.consulting"),
        (FactKind.CONSULT_ENDED, "call.consultEnded"),
        (FactKind.TRANSFERRED, "call.transferred"),
        (FactKind.HUNG_UP, "call.hungUp"),
        (FactKind.VOICEMAIL, "call.voicemail"),
    ],
)
def test_generic_says_everything_that_there_is(kind: FactKind, word: str) -> None:
    body = message(
        type=word,
        at="2026-11-29T13:00:00+01:00",
        call="c1",
        leg="l2",
        from_="+493012345",
        to="+493023125100",
        diversion="+493023125199",
        user="agnes",
        target="+493023125101",
        cause="busy\n",
        verified=True,
    )
    assert read(GENERIC, body) == PhoneEvent(
        kind,
        "msg_1",
        "c1",
        "l2",
        datetime(2026, 11, 29, 12, tzinfo=UTC),
        "+493012345",
        True,
        "+493023125100",
        "+493023125199",
        "+493023125101",
        ("agnes",),
        "busy",
    )
    short = read(GENERIC, message(type=word, call="c1", leg="c1"))
    assert short == PhoneEvent(kind, "msg_1", "c1")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"type": "call.ringing"}',
        b'{"type": "call.ringing", "call": "\xff"}',
        message(type="call.ringing", call="c" * 91),
        message(type="call.ringing", call="c", leg="l" * 91),
        message(type="call.ringing", call="c\0"),
        message(type="call.ringing", call="c", at="yesterday"),
        message(type="call.ringing", call="c", at="2026-11-29T13:00:00"),
        message(type="call.ringing", call="c", at="0001-01-01T00:00:00+23:59"),
        message(type="call.ringing", call="c", at="9999-12-31T23:59:59-23:59"),
        message(type="call.ringing", call="c", from_="1" * 257),
        message(type="call.ringing", call="c", **{f"x{place}": "" for place in range(200)}),
    ],
)
def test_what_generic_cannot_read_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedRequest):
        read(GENERIC, body)


@pytest.mark.parametrize("body", [b"event=newCall", b"event=newCall&callId=%00", b"event=newCall&callId=%ff"])
def test_a_form_without_an_id_or_with_bytes_that_are_no_text_is_malformed(body: bytes) -> None:
    for driver in (SIPGATE, PLACETEL):
        with pytest.raises(MalformedRequest):
            read(driver, body.replace(b"newCall", b"HungUp") if driver is PLACETEL else body)
    with pytest.raises(MalformedRequest):
        read(TWILIO, body)


def test_a_form_has_at_most_200_fields() -> None:
    assert read_form(b"&".join([b"a=1"] * 200)).text("a") == "1"
    with pytest.raises(MalformedRequest):
        read_form(b"&".join([b"a=1"] * 201))


def test_a_new_call_of_sipgate_rings_on_a_leg_of_its_own_id() -> None:
    fields = {"from": "492111234567", "to": "4915791234567", "direction": "in", "callId": "A", "xcid": "X"}
    event = told(SIPGATE, event="newCall", **fields, **{"user[]": ["Alice", "Bob"], "userId[]": ["w0", "w1"]})
    assert event == PhoneEvent(
        FactKind.RINGING,
        "A|A|RINGING",
        "A",
        "A",
        caller="492111234567",
        dialled="4915791234567",
        target="4915791234567",
        users=("w0", "w1", "Alice", "Bob"),
        joins=("xcid:X",),
    )
    answered = told(SIPGATE, event="answer", **fields, user="Bob", userId="w1", fullUserId="1234567w1")
    assert (answered.kind, answered.users) == (FactKind.ANSWERED, ("w1", "1234567w1", "Bob"))
    ended = told(SIPGATE, event="hangup", **fields, cause="normalClearing")
    assert (ended.kind, ended.cause) == (FactKind.HUNG_UP, "normalClearing")


def test_a_transfer_of_sipgate_names_the_call_that_it_continues() -> None:
    event = told(SIPGATE, event="newCall", callId="B", origCallId="A", xcid="X", diversion="4915791234567")
    assert (event.joins, event.diverted_from) == (("xcid:X", "A"), "4915791234567")
    for original in ("", "B"):  # sipgate sends both for calls that continue nothing
        assert told(SIPGATE, event="newCall", callId="B", origCallId=original).joins == ()


def test_a_mailbox_of_sipgate_answers_as_one() -> None:
    assert told(SIPGATE, event="answer", callId="B", user="voicemail").kind is FactKind.VOICEMAIL
    assert told(SIPGATE, event="answer", callId="B", to="Voicemail").kind is FactKind.VOICEMAIL
    assert told(SIPGATE, event="hangup", callId="B", to="voicemail").kind is FactKind.HUNG_UP


def test_outgoing_calls_and_what_is_not_about_calls_say_nothing() -> None:
    for driver, fields in (
        (SIPGATE, {"event": "newCall", "callId": "A", "direction": "out"}),
        (SIPGATE, {"event": "dtmf", "callId": "A", "dtmf": "1"}),
        (TWILIO, {"CallSid": "A", "CallStatus": "ringing", "Direction": "outbound-api"}),
        (TWILIO, {"CallSid": "A", "CallStatus": "paused"}),
        (PLACETEL, {"event": "OutgoingCall", "call_id": "A"}),
        (PLACETEL, {"event": "IncomingCall", "call_id": "A", "direction": "out"}),
    ):
        assert read(driver, form(fields)) is None
    assert read(GENERIC, message(type="call.paused", call="c")) is None


def test_sipgate_is_answered_with_the_addresses_of_what_follows() -> None:
    xml = sipgate.answer('https://a.example/phone/x?a="1"&b')
    where = "'https://a.example/phone/x?a=\"1\"&amp;b'"
    assert xml.endswith(f"<Response onAnswer={where} onHangup={where}/>")


def test_a_key_of_sipgate_is_read_with_or_without_its_frame() -> None:
    plain = "".join(line for line in public_pem().splitlines() if not line.startswith("-"))
    assert sipgate.read_key(plain).public_numbers() == sipgate.read_key(public_pem()).public_numbers()
    for wrong in ("", "nonsense", base64.b64encode(b"nonsense").decode(), "-----BEGIN PUBLIC KEY-----"):
        with pytest.raises(ValueError):  # noqa: PT011 - of three libraries
            sipgate.read_key(wrong)


@pytest.mark.parametrize(
    ("status", "kind", "cause"),
    [
        ("ringing", FactKind.RINGING, None),
        ("in-progress", FactKind.ANSWERED, None),
        ("completed", FactKind.HUNG_UP, "completed"),
        ("busy", FactKind.HUNG_UP, "busy"),
        ("no-answer", FactKind.HUNG_UP, "no-answer"),
        ("failed", FactKind.HUNG_UP, "failed"),
        ("canceled", FactKind.HUNG_UP, "canceled"),
    ],
)
def test_twilio_tells_of_the_callers_leg_and_of_those_that_it_dials(
    status: str, kind: FactKind, cause: str | None
) -> None:
    own = told(TWILIO, CallSid="CA1", CallStatus=status, From="+493012345", To="+493023125100")
    assert own == PhoneEvent(
        kind, f"CA1||{kind}", "CA1", caller="+493012345", dialled="+493023125100", cause=cause
    )
    leg = told(
        TWILIO,
        CallSid="CA2",
        ParentCallSid="CA1",
        CallStatus=status,
        Direction="outbound-dial",
        From="+493012345",
        To="client:agnes",
    )
    assert leg == PhoneEvent(
        kind,
        f"CA1|CA2|{kind}",
        "CA1",
        "CA2",
        target="client:agnes",
        users=("client:agnes",),
        cause=cause,
    )


def test_twilio_verifies_a_caller_only_by_full_attestation_and_knows_machines() -> None:
    for verdict, attested in (
        ("TN-Validation-Passed-A", True),
        ("TN-Validation-Passed-B", False),
        ("", False),
    ):
        event = told(TWILIO, CallSid="CA1", CallStatus="ringing", StirVerstat=verdict)
        assert event.attested is attested
    machine = told(TWILIO, CallSid="CA2", CallStatus="in-progress", AnsweredBy="machine_start")
    assert machine.kind is FactKind.VOICEMAIL


def test_placetel_tells_of_calls_only() -> None:
    fields = {"from": "022129191999", "to": "03023125100", "call_id": "f4"}
    assert told(PLACETEL, event="IncomingCall", **fields) == PhoneEvent(
        FactKind.RINGING, "f4||RINGING", "f4", caller="022129191999", dialled="03023125100"
    )
    accepted = told(PLACETEL, event="CallAccepted", **fields, peer="777abc@fpbx.de")
    assert (accepted.kind, accepted.users) == (FactKind.ANSWERED, ("777abc@fpbx.de", "777abc"))
    for cause in ("missed", "accepted", "blocked", "voicemail"):
        ended = told(PLACETEL, event="HungUp", **fields, type=cause)
        assert (ended.kind, ended.cause, ended.mailbox) == (FactKind.HUNG_UP, cause, cause == "voicemail")
