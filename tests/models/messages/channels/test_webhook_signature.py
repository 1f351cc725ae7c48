"""Signatures of webhooks, judged by the standard's own library and its example."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from models.messages.channels.webhook_signature import (
    EndpointSecrets,
    InvalidSignature,
    WebhookSecret,
    verify_webhook,
    webhook_body,
    webhook_headers,
)

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
BODY = b'{"test": 2432232314}'


def test_the_example_of_the_standard_has_its_signature() -> None:
    assert (
        SECRET.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_the_standards_library_verifies_our_requests_and_we_verify_its_signatures() -> None:
    now = datetime.now(UTC)  # the library reads the clock itself
    secret = WebhookSecret.new()
    body = webhook_body("application.accepted", now, "QXBwbGljYXRpb246MQ==", 3)
    headers = webhook_headers([secret], "message-1", now, body)
    judge = Webhook(secret.reveal())
    assert judge.verify(body, headers)["data"] == {"id": "QXBwbGljYXRpb246MQ==", "version": 3}
    theirs = headers | {"webhook-signature": judge.sign("message-1", now, body.decode())}
    assert verify_webhook([secret], theirs, body, now) == "message-1"


def test_during_a_rotation_either_secret_verifies_and_afterwards_only_the_new_one() -> None:
    old, new = WebhookSecret.new(), WebhookSecret.new()
    secrets = EndpointSecrets(old).rotate(new, NOW, timedelta(hours=24))
    ends = NOW + timedelta(hours=24)
    for now, accepted in (
        (NOW, {old, new}),
        (ends - timedelta(microseconds=1), {old, new}),
        (ends, {new}),
    ):
        headers = webhook_headers(secrets.in_use(now), "1", now, BODY)
        assert len(headers["webhook-signature"].split(" ")) == len(accepted)
        for secret in (old, new):
            if secret in accepted:
                assert verify_webhook([secret], headers, BODY, now) == "1"
            else:
                with pytest.raises(InvalidSignature):
                    verify_webhook([secret], headers, BODY, now)
    assert secrets.in_use(NOW)[0] == new


def test_a_second_rotation_ends_the_oldest_secret_immediately() -> None:
    first, second, third = (WebhookSecret.new() for _ in range(3))
    secrets = EndpointSecrets(first).rotate(second, NOW, timedelta(hours=24))
    secrets = secrets.rotate(third, NOW + timedelta(hours=1), timedelta(hours=24))
    assert secrets.in_use(NOW + timedelta(hours=2)) == (third, second)


@pytest.mark.parametrize(
    ("changed", "body", "late"),
    [
        ({}, BODY + b" ", 0),
        ({"webhook-id": "2"}, BODY, 0),
        ({"webhook-timestamp": str(int(NOW.timestamp()) + 1)}, BODY, 0),
        ({"webhook-timestamp": "-1"}, BODY, 0),
        ({"webhook-timestamp": "9" * 5_000}, BODY, 0),
        ({"webhook-timestamp": "\u0661"}, BODY, 0),
        ({"webhook-timestamp": "nan"}, BODY, 0),
        ({"webhook-signature": ""}, BODY, 0),
        ({"webhook-signature": "v1,\u00fc v1, v2,x  "}, BODY, 0),
        ({}, BODY, 301),
        ({}, BODY, -301),
    ],
)
def test_a_changed_old_or_malformed_request_is_refused(
    changed: dict[str, str], body: bytes, late: int
) -> None:
    headers = webhook_headers([SECRET], "1", NOW, BODY)
    assert verify_webhook([SECRET], headers, BODY, NOW) == "1"
    with pytest.raises(InvalidSignature):
        verify_webhook([SECRET], headers | changed, body, NOW + timedelta(seconds=late))


def test_names_of_headers_are_read_in_any_case_and_other_versions_are_ignored() -> None:
    headers = {name.upper(): value for name, value in webhook_headers([SECRET], "1", NOW, BODY).items()}
    headers["WEBHOOK-SIGNATURE"] = "v1a,xyz " + headers["WEBHOOK-SIGNATURE"]
    assert verify_webhook([SECRET], headers, BODY, NOW + timedelta(minutes=5)) == "1"


@pytest.mark.parametrize("message_id", ["", "a.b", "a\r\nb", "\u00fc"])
def test_an_id_that_would_make_the_signed_text_ambiguous_is_refused(message_id: str) -> None:
    with pytest.raises(ValueError, match="message id"):
        webhook_headers([SECRET], message_id, NOW, BODY)


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_!!!", "whsec_YWJj", "whsec_" + "YWJj" * 30, "whsec_\u00fc"]
)
def test_a_secret_that_is_malformed_too_short_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        WebhookSecret.parse(text)


def test_a_secret_is_revealed_only_when_asked() -> None:
    secret = WebhookSecret.new()
    assert WebhookSecret.parse(secret.reveal()) == secret
    assert secret != WebhookSecret.new()
    assert secret.reveal()[6:20] not in f"{secret} {secret!r} {EndpointSecrets(secret)!r}"


def test_a_body_says_what_happened_to_which_object_and_no_more() -> None:
    assert webhook_body("complaint.decided", NOW, "Q29tcGxhaW50OjE=", 2) == (
        b'{"type":"complaint.decided","timestamp":"2026-12-01T09:30:00Z",'
        b'"data":{"id":"Q29tcGxhaW50OjE=","version":2}}'
    )
