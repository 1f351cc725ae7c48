"""SMS through a provider by HTTP: what each answer, and each lack of one, means for the message."""

from dataclasses import replace

import orjson
import pytest

from models.messages.channels.channel import Code, Result
from models.messages.channels.sms.configured import sms_provider
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.gateway import SmsGateway
from models.messages.channels.sms.segments import length_of
from models.messages.parcels import Parcel
from rules.messages.bounce import BounceAbout
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.messages import CONTEXT
from tests.support.parcels import again, make_parcel
from tests.support.sms_server import Script, hangs_up, is_silent, never_ends, says, sms_server

NUMBER = "+4915112345678"
FORM = SmsForm(CONTEXT)
SEVEN_ACCEPTED = says("200 OK", {"success": "100", "messages": [{"id": "77", "parts": 1, "success": True}]})
UNKNOWN = says("200 OK", [])


def gateway(port: int, *, twilio: bool = False, seconds: float = 5.0) -> SmsGateway:
    """Return the channel of a provider on this machine."""
    user = "twilio://AC1:token" if twilio else "seven://:key"
    return SmsGateway(FORM, sms_provider(f"{user}@127.0.0.1:{port}", "Leadgate"), request_seconds=seconds)


async def send(channel: SmsGateway, parcel: Parcel) -> Result:
    """Send one parcel by a lane of its own."""
    lane = channel.lane()
    try:
        return await lane.send(parcel)
    finally:
        await lane.close()


async def test_an_accepted_text_has_the_providers_reference() -> None:
    parcel = make_parcel(NUMBER)
    async with sms_server(SEVEN_ACCEPTED) as server:
        result = await send(gateway(server.port), parcel)
    assert result == Result(Outcome.ACCEPTED, Code.ACCEPTED, reference="77")
    ((head, body),) = server.requests
    assert "x-api-key: key" in head.lower()
    sent = orjson.loads(body)
    assert (sent["to"], sent["foreign_id"]) == (NUMBER, str(parcel.id))
    assert sent["text"] == 'Accepted: "Website relaunch" https://leads.test'


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (says("402 Payment Required"), Result(Outcome.TEMPORARY, Code.NO_CREDIT, "402")),
        (
            says("429 Too Many Requests", more="Retry-After: 120\r\n"),
            Result(Outcome.THROTTLED, Code.THROTTLED, "429", retry_after=120.0),
        ),
        (says("401 Unauthorized", "900"), Result(Outcome.TEMPORARY, Code.NOT_SIGNED_IN, "900")),
        (
            says("200 OK", "202"),
            Result(Outcome.PERMANENT, Code.RECIPIENT_REFUSED, "202", bounce=BounceAbout.MAILBOX),
        ),
        (says("500 Oops", "call +49 170 1234567"), Result(Outcome.UNCERTAIN, Code.ANSWER_UNCLEAR, "500")),
        (
            says("302 Found", more="Location: http://127.0.0.1:1/\r\n"),
            Result(Outcome.UNCERTAIN, Code.ANSWER_UNCLEAR, "302"),  # not followed
        ),
        (never_ends, Result(Outcome.UNCERTAIN, Code.ANSWER_UNCLEAR, "200")),
        (hangs_up, Result(Outcome.UNCERTAIN, Code.CONNECTION_LOST)),
    ],
)
async def test_what_an_answer_means(script: Script, expected: Result) -> None:
    """Only what surely was not sent is simply repeated; the provider's words, with a number, are not kept."""
    async with sms_server(script) as server:
        assert await send(gateway(server.port), make_parcel(NUMBER)) == expected
    assert len(server.requests) == 1


async def test_a_provider_that_never_answers_leaves_the_text_in_doubt() -> None:
    async with sms_server(is_silent) as server:
        result = await send(gateway(server.port, seconds=0.3), make_parcel(NUMBER))
    assert result == Result(Outcome.UNCERTAIN, Code.TIMED_OUT)


async def test_nobody_listening_is_a_temporary_failure() -> None:
    assert await send(gateway(1), make_parcel(NUMBER)) == Result(Outcome.TEMPORARY, Code.NOT_CONNECTED)


async def test_before_a_second_attempt_the_provider_is_asked_and_a_found_text_is_not_sent_again() -> None:
    parcel = make_parcel(NUMBER)
    found = says("200 OK", [{"id": "77", "foreign_id": str(parcel.id)}])
    async with sms_server(found) as server:
        result = await send(gateway(server.port), again(parcel))
    assert result == Result(Outcome.ACCEPTED, Code.ACCEPTED, reference="77")
    assert server.targets == ["GET /api/journal/outbound"]


async def test_a_text_that_the_provider_does_not_know_is_sent_again() -> None:
    async with sms_server(UNKNOWN, SEVEN_ACCEPTED) as server:
        result = await send(gateway(server.port), again(make_parcel(NUMBER)))
    assert result.outcome is Outcome.ACCEPTED
    assert server.targets == ["GET /api/journal/outbound", "POST /api/sms"]


@pytest.mark.parametrize("script", [says("500 Oops"), hangs_up, says("401 Unauthorized")])
async def test_while_the_provider_cannot_be_asked_nothing_is_sent_again(script: Script) -> None:
    """Also if the question is refused, which says nothing about the earlier attempt."""
    async with sms_server(script) as server:
        result = await send(gateway(server.port), again(make_parcel(NUMBER)))
    assert result.outcome is Outcome.UNCERTAIN
    assert server.targets == ["GET /api/journal/outbound"]


async def test_an_unreachable_provider_leaves_the_earlier_attempt_in_doubt() -> None:
    result = await send(gateway(1), again(make_parcel(NUMBER)))
    assert result == Result(Outcome.UNCERTAIN, Code.NOT_CONNECTED)


async def test_a_provider_that_cannot_be_asked_is_not_repeatable() -> None:
    """After a person has decided that a text did not arrive, it is sent."""
    channel = gateway(1, twilio=True)
    assert (channel.charged, channel.repeatable, gateway(1).repeatable) == (True, False, True)
    async with sms_server(says("201 Created", {"sid": "SM1", "num_segments": "1"})) as server:
        result = await send(gateway(server.port, twilio=True), again(make_parcel(NUMBER)))
    assert (result.outcome, result.reference) == (Outcome.ACCEPTED, "SM1")


async def test_a_premium_rate_number_is_refused_before_anything_is_sent() -> None:
    async with sms_server(SEVEN_ACCEPTED) as server:
        result = await send(gateway(server.port), make_parcel("+499001234567"))
    assert result == Result(Outcome.PERMANENT, Code.RECIPIENT_REFUSED)
    assert server.requests == []


def test_a_text_is_cut_to_the_policys_number_of_parts_and_keeps_its_link() -> None:
    """Polish letters become plain ones, so that a part holds 160 characters instead of 70."""
    text = FORM.text(make_parcel(NUMBER, title="Zażółć gęślą jaźń " * 30))
    assert text.startswith("Zazolc gesla jazn")
    assert text.endswith("... https://leads.test")
    assert length_of(text).parts == 1


def test_a_link_that_is_too_long_is_left_out() -> None:
    context = replace(CONTEXT, origin="https://" + "x" * 200 + ".test")
    assert SmsForm(context).text(make_parcel(NUMBER, title="Accepted")) == "Accepted"


def test_a_preview_has_the_text_alone() -> None:
    preview = gateway(1).preview(make_parcel(NUMBER, title="Accepted"))
    assert (preview.subject, preview.text, preview.html) == (None, "Accepted https://leads.test", None)
    assert preview.headers == ()
