"""Reports of mail servers and refused addresses: what they do to an address."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.messages.bounce_report import BounceMail, read_report
from models.messages.bounces import take_report
from models.messages.channels.channel import Code
from models.messages.lift_suppression import lift_suppression
from models.messages.links import bounce_token, read_bounce
from models.messages.retry_dispatches import retry_dispatches
from models.tables import User
from rules.messages.bounce import BounceAbout, BounceAction, BounceReport, BounceVerdict, StatusClass
from rules.messages.retry import DispatchOutcome as Outcome
from tests.support.bounces import ARF, delivery_status
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply
from tests.support.messages import CONTEXT, FakeChannel, dispatches, failed, one_dispatch, send_all

pytestmark = pytest.mark.usefixtures("without_events")

LETTER = "application_received"
POSTFIX = Path(__file__).parents[2] / "data" / "mail" / "postfix-unknown-user.eml"


async def _sent(place: Marketplace) -> UUID:
    """Send a letter to the prospect and return its dispatch."""
    await apply(place.vendor, place.lead)
    await send_all()
    dispatch_id: UUID = (await one_dispatch(LETTER))["id"]
    return dispatch_id


async def _next(place: Marketplace) -> tuple[str, str]:
    """Send another letter to the prospect; return its state and rule."""
    await apply(place.other_vendor, place.lead)
    await send_all()
    found = (await dispatches(LETTER))[-1]
    return found["state"], found["rule_id"]


async def take(dispatch_id: UUID, action: str, status: str) -> BounceVerdict:
    return await take_report(CONTEXT, read_report(delivery_status(CONTEXT, dispatch_id, action, status)))


async def test_a_mailbox_that_does_not_exist_is_not_written_to_again(place: Marketplace) -> None:
    dispatch_id = await _sent(place)
    assert await take(dispatch_id, "failed", "5.1.1") is BounceVerdict.SUPPRESS
    found = await one_dispatch(LETTER)
    assert (found["state"], found["receipt"]) == ("SENT", "BOUNCED")
    assert await _next(place) == ("SUPPRESSED", "hard_bounce")


async def test_an_address_that_is_refused_in_the_conversation_is_suppressed(place: Marketplace) -> None:
    """A 5xx at RCPT; stored is a keyed hash of the address."""
    await apply(place.vendor, place.lead)
    refused = failed(Outcome.PERMANENT, Code.RECIPIENT_REFUSED, bounce=BounceAbout.MAILBOX)
    await send_all(FakeChannel(refused))
    assert (await one_dispatch(LETTER))["state"] == "DEAD"
    (row,) = await fetch(connection(), "SELECT address_key, reason FROM suppression")
    assert row["reason"] == "HARD_BOUNCE"
    assert len(row["address_key"]) == 64
    assert await _next(place) == ("SUPPRESSED", "hard_bounce")


async def test_a_full_mailbox_is_written_to_again_after_a_while(
    place: Marketplace, database: Database
) -> None:
    dispatch_id = await _sent(place)
    assert await take(dispatch_id, "failed", "5.2.2") is BounceVerdict.SUPPRESS_FOR_A_WHILE
    (row,) = await fetch(connection(), "SELECT until - since AS held FROM suppression")
    assert row["held"] == timedelta(days=7)
    await database.clock.advance(7 * 24 * HOUR - timedelta(seconds=1))
    await apply(place.other_vendor, place.lead)
    await send_all()
    assert (await dispatches(LETTER))[-1]["rule_id"] == "hard_bounce"
    await retry_dispatches(place.operator, [(await dispatches(LETTER))[-1]["id"]], idempotency_key="again")
    await database.clock.advance(timedelta(seconds=1))
    await send_all()
    assert (await dispatches(LETTER))[-1]["rule_id"] in {"sent", "moot"}


@pytest.mark.parametrize(
    ("action", "status", "receipt"),
    [
        ("delayed", "4.4.1", "DELAYED"),
        ("delivered", "2.0.0", "DELIVERED"),
        ("failed", "5.7.1", "BOUNCED"),
    ],
)
async def test_a_delay_a_delivery_and_a_refused_sender_never_suppress(
    place: Marketplace, action: str, status: str, receipt: str
) -> None:
    dispatch_id = await _sent(place)
    assert await take(dispatch_id, action, status) is BounceVerdict.NOTE
    assert (await one_dispatch(LETTER))["receipt"] == receipt
    assert await _next(place) == ("SENT", "sent")


async def test_a_report_that_comes_again_has_no_further_effect(place: Marketplace) -> None:
    dispatch_id = await _sent(place)
    await take(dispatch_id, "failed", "5.1.1")
    await take(dispatch_id, "failed", "5.1.1")
    assert len(await fetch(connection(), "SELECT FROM suppression")) == 1


async def test_an_abuse_report_stops_optional_messages_only(place: Marketplace) -> None:
    dispatch_id = await _sent(place)
    report = read_report(ARF % bounce_token(CONTEXT, dispatch_id).encode())
    assert report.report is BounceReport.ABUSE
    assert await take_report(CONTEXT, report) is BounceVerdict.SUPPRESS
    assert (await one_dispatch(LETTER))["receipt"] == "REPORTED_AS_ABUSE"
    assert await _next(place) == ("SENT", "sent")  # the contract requires it
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'OPTIONAL'")


async def test_an_abuse_report_about_a_message_of_the_law_is_noted(place: Marketplace) -> None:
    dispatch_id = await _sent(place)
    await fetch(connection(), "UPDATE outbox_message SET necessity = 'REQUIRED_BY_LAW'")
    report = read_report(ARF % bounce_token(CONTEXT, dispatch_id).encode())
    assert await take_report(CONTEXT, report) is BounceVerdict.NOTE
    assert await fetch(connection(), "SELECT FROM suppression") == []


async def test_a_forged_report_is_unmatched(place: Marketplace) -> None:
    """A token that does not verify, and one of a dispatch that was never sent."""
    dispatch_id = await _sent(place)
    forged = bounce_token(CONTEXT, dispatch_id)[:-1] + "0"
    forged = forged if read_bounce(CONTEXT, forged) is None else forged[:-1] + "1"
    for token in (forged, bounce_token(CONTEXT, new_id())):
        mail = BounceMail(
            BounceReport.DELIVERY_STATUS,
            (token,),
            BounceAction.FAILED,
            StatusClass.PERMANENT,
            BounceAbout.MAILBOX,
        )
        assert await take_report(CONTEXT, mail) is BounceVerdict.IGNORE
    assert await fetch(connection(), "SELECT FROM suppression") == []


async def test_a_report_that_postfix_wrote_suppresses(place: Marketplace) -> None:
    """A real one, of a message that Postfix accepted and could not deliver; it quotes the whole message."""
    dispatch_id = await _sent(place)
    report = POSTFIX.read_bytes().replace(b"{token}", bounce_token(CONTEXT, dispatch_id).encode())
    assert await take_report(CONTEXT, read_report(report)) is BounceVerdict.SUPPRESS
    assert (await one_dispatch(LETTER))["receipt"] == "BOUNCED"
    assert await _next(place) == ("SUPPRESSED", "hard_bounce")


async def test_a_late_report_is_about_the_address_of_that_time(place: Marketplace) -> None:
    """The recipient's new address is still written to; an operator lifts the old one by the same dispatch."""
    dispatch_id = await _sent(place)
    await User.filter(id=place.prospect.viewer.user_id).update(email="new@prospect.example")
    assert await take(dispatch_id, "failed", "5.1.1") is BounceVerdict.SUPPRESS
    assert await _next(place) == ("SENT", "sent")
    await lift_suppression(place.operator, CONTEXT, dispatch_id, reason="It works again.")
    assert await fetch(connection(), "SELECT FROM suppression WHERE lifted_at IS NULL") == []


async def test_a_report_about_a_message_of_a_newer_version_counts(place: Marketplace) -> None:
    """While servers are replaced one after the other; its suppression can be lifted as well."""
    dispatch_id = await _sent(place)
    await fetch(connection(), "UPDATE outbox_message SET template = 'of_tomorrow'")
    assert await take(dispatch_id, "failed", "5.1.1") is BounceVerdict.SUPPRESS
    await lift_suppression(place.operator, CONTEXT, dispatch_id, reason="They corrected it.")
    (row,) = await fetch(connection(), "SELECT lift_reason FROM suppression")
    assert row["lift_reason"] == "They corrected it."


async def test_an_operator_lifts_a_suppression_and_retries(place: Marketplace) -> None:
    dispatch_id = await _sent(place)
    await take(dispatch_id, "failed", "5.1.1")
    assert await _next(place) == ("SUPPRESSED", "hard_bounce")
    operator: Viewer = place.operator
    held = (await dispatches(LETTER))[-1]["id"]
    await lift_suppression(operator, CONTEXT, held, reason="They corrected it.")
    await retry_dispatches(operator, [held], idempotency_key="again")
    await send_all()
    assert (await dispatches(LETTER))[-1]["state"] == "SENT"
    (row,) = await fetch(connection(), "SELECT lifted_by, lift_reason FROM suppression")
    assert (row["lifted_by"], row["lift_reason"]) == (operator.user_id, "They corrected it.")


def _bomb(parts: int) -> bytes:
    body = b"".join(b"--x\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(parts))
    return b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n' + body


def _deep(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (one, one) for one in range(depth)
    )
    return head + b"Content-Type: text/plain\r\n\r\nx"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 5_000,
        b"Subject: Out of office\r\n\r\nI am away.",
        _bomb(1_000),
        _deep(100),
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno boundary",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nAction: exploded\r\nStatus: 9.9.9\r\n\r\n--x--",
    ],
    ids=["empty", "binary", "automatic reply", "many parts", "deep", "no boundary", "nonsense"],
)
def test_what_is_no_report_concludes_nothing(content: bytes) -> None:
    found = read_report(content)
    assert found.action is BounceAction.NONE
    assert found.status_class is StatusClass.NONE


async def test_reports_in_turn_have_no_further_effect(place: Marketplace) -> None:
    """Whoever received the message could send them without end."""
    dispatch_id = await _sent(place)
    for _ in range(3):
        await take(dispatch_id, "failed", "4.2.2")
        await take(dispatch_id, "delayed", "4.4.1")
        await take(dispatch_id, "delivered", "2.0.0")
    assert len(await fetch(connection(), "SELECT FROM suppression")) == 1
    assert (await one_dispatch(LETTER))["receipt"] == "BOUNCED"


_REPORT = b"Content-Type: multipart/report; report-type=delivery-status; boundary=B%s\n\n"


@pytest.mark.parametrize(
    "report",
    [
        (_REPORT % b"").replace(b"report;", b'report; x="' + b";" * 1_000 + b'";'),
        _REPORT % b"" + b"--B\n\n" * 101,
        _REPORT % b"" + b"--B\nContent-Type: message/delivery-status\n\n" + b"A: b\n\n" * 101,
        b"Content-Type: multipart/report; boundary*=\x00'x'y\n\n",
        b"Content-Type: multipart/report; boundary*=idna'x'%ff\n\n",
        b"Content-Type: multipart/report; x*" + b"9" * 5_000 + b"=y\n\n",
    ],
    ids=["parameters", "parts", "blocks of a status", "NUL as a charset", "IDNA as a charset", "number"],
)
def test_a_report_that_is_built_to_be_expensive_or_to_fail_is_none(report: bytes) -> None:
    """The parser takes quadratic time for parameters, and raises for odd character sets and numbers."""
    assert read_report(report) == BounceMail(BounceReport.OTHER, ())


def test_a_report_of_eight_bit_bytes_is_read() -> None:
    report = ARF.replace(b"Provider/1.0", b"Provider \xff").replace(b"%s", b"0" * 56)
    assert read_report(report).report is BounceReport.ABUSE
