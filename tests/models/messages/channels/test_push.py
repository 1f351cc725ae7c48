"""Web Push against the examples of its RFCs, and as a browser decrypts it."""

from datetime import UTC, datetime, timedelta

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from models.messages.channels.push.encryption import (
    MOST_BYTES,
    DeviceKeys,
    InvalidDeviceKeys,
    base64url,
    encrypt,
    from_base64url,
    point_of,
)
from models.messages.channels.push.request import (
    PushOutcome,
    Sender,
    Urgency,
    delivery_headers,
    outcome_of,
)

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
ENDPOINT = "https://push.example:8443/send/abc?d=e"
# RFC 8291, appendix A.
DEVICE_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
DEVICE_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
DEVICE_SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = b"When I grow up, I want to be a watermelon"
ENCRYPTED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    """A private key from its number in base64url."""
    return ec.derive_private_key(int.from_bytes(bytes_of(text), "big"), ec.SECP256R1())


def bytes_of(text: str) -> bytes:
    """The bytes of a text in base64url."""
    data = from_base64url(text)
    assert data is not None
    return data


def test_the_example_of_rfc_8291_is_encrypted_to_its_bytes() -> None:
    keys = DeviceKeys.parse(DEVICE_PUBLIC, DEVICE_SECRET)
    made = encrypt(MESSAGE, keys, sender=private(SENDER_PRIVATE), salt=bytes_of(SALT))
    assert base64url(made) == ENCRYPTED


@pytest.mark.parametrize("message", [b"", b"x", b"x" * MOST_BYTES])
def test_another_implementation_decrypts_what_we_encrypt(message: bytes) -> None:
    device = ec.generate_private_key(ec.SECP256R1())
    secret = b"s" * 16
    keys = DeviceKeys.parse(base64url(point_of(device.public_key())), base64url(secret))
    first, second = encrypt(message, keys), encrypt(message, keys)
    assert http_ece.decrypt(first, private_key=device, auth_secret=secret, version="aes128gcm") == message
    assert first[:16] != second[:16]  # a new salt
    assert first[21:86] != second[21:86]  # a new key
    assert len(first) <= 4096


def test_a_message_that_does_not_fit_in_a_record_is_refused() -> None:
    keys = DeviceKeys.parse(DEVICE_PUBLIC, DEVICE_SECRET)
    with pytest.raises(ValueError, match="3993"):
        encrypt(b"x" * (MOST_BYTES + 1), keys)


@pytest.mark.parametrize(
    ("public", "secret"),
    [
        ("", DEVICE_SECRET),
        (DEVICE_PUBLIC, ""),
        (DEVICE_PUBLIC, DEVICE_SECRET + "AA"),
        (DEVICE_PUBLIC[:-2], DEVICE_SECRET),
        ("BB" + DEVICE_PUBLIC[2:-4] + "AAAA", DEVICE_SECRET),
        (base64url(b"\x04" + b"\0" * 64), DEVICE_SECRET),
        (base64url(b"\x02" + b"\x01" * 64), DEVICE_SECRET),
        ("\u00fc" + DEVICE_PUBLIC, DEVICE_SECRET),
        (DEVICE_PUBLIC.replace("_", "/"), DEVICE_SECRET),
    ],
)
def test_keys_that_are_no_keys_are_refused(public: str, secret: str) -> None:
    with pytest.raises(InvalidDeviceKeys):
        DeviceKeys.parse(public, secret)


def test_keys_are_read_with_and_without_padding() -> None:
    keys = DeviceKeys.parse(DEVICE_PUBLIC + "=", DEVICE_SECRET + "==")
    assert point_of(keys.public) == bytes_of(DEVICE_PUBLIC)
    assert DEVICE_SECRET not in repr(keys)


def test_the_example_of_rfc_8292_is_verified_with_a_key_in_our_form() -> None:
    point = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
    token = (
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1"
        "MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfn"
        "K9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
    )
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(point))
    assert base64url(point_of(key)) == point
    claims = jwt.decode(
        token, key, ["ES256"], audience="https://push.example.net", options={"verify_exp": False}
    )
    assert claims["sub"] == "mailto:push@example.com"


def test_a_service_can_verify_who_sends_to_its_origin_for_half_a_day() -> None:
    sender = Sender(ec.generate_private_key(ec.SECP256R1()), "mailto:ops@leadgate.example")
    header = sender.authorization(ENDPOINT, NOW)
    scheme, _, given = header.partition(" ")
    fields = dict(field.strip().split("=", 1) for field in given.split(","))
    assert scheme == "vapid"
    assert fields["k"] == sender.public_key
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(fields["k"]))
    claims = jwt.decode(
        fields["t"], key, ["ES256"], audience="https://push.example:8443", options={"verify_exp": False}
    )
    assert claims["exp"] == int((NOW + timedelta(hours=12)).timestamp())
    assert claims["sub"] == "mailto:ops@leadgate.example"
    assert jwt.get_unverified_header(fields["t"]) == {"alg": "ES256", "typ": "JWT"}


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        (NOW + timedelta(minutes=2, milliseconds=900), "120"),
        (NOW - timedelta(days=1), "0"),
        (NOW + timedelta(days=365), "2419200"),
    ],
)
def test_a_message_lives_until_its_action_ends(until: datetime, seconds: str) -> None:
    headers = delivery_headers(NOW, until=until, urgency=Urgency.HIGH, subject="application-1")
    assert headers["TTL"] == seconds
    assert (headers["Urgency"], headers["Content-Encoding"]) == ("high", "aes128gcm")


def test_messages_about_one_subject_have_one_topic_that_hides_it() -> None:
    def topic(subject: str) -> str:
        return delivery_headers(NOW, until=NOW, urgency=Urgency.LOW, subject=subject)["Topic"]

    assert topic("application-1") == topic("application-1") != topic("application-2")
    assert len(topic("x" * 1_000)) == 32
    assert "application" not in topic("application-1")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, PushOutcome.ACCEPTED),
        (202, PushOutcome.ACCEPTED),
        (301, PushOutcome.REFUSED),
        (400, PushOutcome.REFUSED),
        (403, PushOutcome.REFUSED),
        (404, PushOutcome.GONE),
        (410, PushOutcome.GONE),
        (413, PushOutcome.TOO_LARGE),
        (429, PushOutcome.THROTTLED),
        (500, PushOutcome.UNAVAILABLE),
        (503, PushOutcome.UNAVAILABLE),
    ],
)
def test_what_a_service_did_follows_from_its_status(status: int, outcome: PushOutcome) -> None:
    assert outcome_of(status) is outcome


def test_a_proof_is_made_once_for_an_origin_and_anew_before_it_expires() -> None:
    sender = Sender(ec.generate_private_key(ec.SECP256R1()), "mailto:ops@leadgate.example")
    first = sender.authorization(ENDPOINT, NOW)
    assert sender.authorization(f"{ENDPOINT}/another", NOW + timedelta(hours=5)) == first
    assert sender.authorization("https://push.test/", NOW) != first
    assert sender.authorization(ENDPOINT, NOW + timedelta(hours=6)) != first


def test_a_sender_is_read_from_the_key_that_tools_print() -> None:
    sender = Sender.parse(SENDER_PRIVATE, "mailto:ops@leadgate.example")
    assert sender.public_key == base64url(point_of(private(SENDER_PRIVATE).public_key()))
    assert SENDER_PRIVATE not in repr(sender)
