"""Settings of sending: the mail server's URL, the key of hashes, and the address of links."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from models.messages.channels.configured import configured_channels, warnings_of
from rules.messages.dispatch import DispatchChannel
from settings import Settings, SettingsError, load
from settings.mail import MailUrl, read_mail_url
from tests.support.messages import CONTEXT

MAIL, PUBLIC = {"mail_url": "smtp://mail.example"}, {"public_url": "https://leads.example"}
TEXTS = {"sms_url": "seven://:key@", "sms_from": "Leadgate"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://mail.example", MailUrl("mail.example", 25, "none")),
        ("smtp://mail.example:2525?tls=starttls", MailUrl("mail.example", 2525, "starttls")),
        ("smtps://mail.example", MailUrl("mail.example", 465, "always")),
        (
            "smtp://me%40x:p%2Fw@mail.example:587?tls=starttls",
            MailUrl("mail.example", 587, "starttls", "me@x", "p/w"),
        ),
        ("smtp://me:pw@localhost", MailUrl("localhost", 25, "none", "me", "pw")),
    ],
)
def test_a_mail_url_says_where_and_how(text: str, expected: MailUrl) -> None:
    assert read_mail_url(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example/path",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example:port",
        "smtp://me:secret-word@mail.example:587",  # a password without TLS
    ],
)
def test_a_wrong_mail_url_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^MAIL_URL: must ") as caught:
        load(mail_url=text)
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mail_from", "nobody"),
        ("mail_from", "a@b\r\nBcc: c@d"),
        ("mail_domain", "-x"),
        ("mail_hook_secret", "short"),
        ("email_lanes", 0),
        ("hash_key", "short"),
    ],
)
def test_other_wrong_settings_are_refused(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=rf"^{name.upper()}: "):
        load(**{name: value})


def test_the_key_of_hashes_is_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var")
    key = settings.hashing_key()
    assert len(key) >= 32
    assert Settings(var_dir=tmp_path / "var").hashing_key() == key
    assert settings.signing_key() != key
    assert (tmp_path / "var" / "hash-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80"),  # noqa: S104
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"public_url": "https://leads.example/app/"}, "https://leads.example/app"),
    ],
)
def test_links_begin_with_the_public_url(given: dict[str, object], origin: str) -> None:
    assert Settings.model_validate(given).origin == origin


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, []),  # a trial
        ({**MAIL, **PUBLIC, **TEXTS, "privacy_contact": "Leads GmbH, privacy@leads.example"}, []),
        ({**MAIL, **PUBLIC, **TEXTS}, ["PRIVACY_CONTACT"]),
        (PUBLIC, ["MAIL_URL", "SMS_URL", "PRIVACY_CONTACT"]),
        (MAIL, ["SMS_URL", "PUBLIC_URL", "PRIVACY_CONTACT"]),
        (TEXTS, ["MAIL_URL", "PUBLIC_URL", "PRIVACY_CONTACT"]),
    ],
)
def test_a_worker_warns_of_messages_that_nobody_gets_or_can_answer(
    given: dict[str, object], missing: list[str]
) -> None:
    warned = warnings_of(Settings.model_validate(given))
    assert [warning.partition(" is not set: ")[0] for warning in warned] == missing


@pytest.mark.parametrize(("given", "charged"), [({}, True), ({"public_url": "https://leads.example"}, False)])
def test_texts_in_files_are_charged_in_a_trial_only(
    given: dict[str, object], tmp_path: Path, *, charged: bool
) -> None:
    """So that the demo shows the costs, and a marketplace that lacks a provider charges nobody."""
    settings = Settings.model_validate({**given, "var_dir": tmp_path})
    assert configured_channels(settings, CONTEXT)[DispatchChannel.SMS].charged is charged


def test_the_operators_contact_is_one_line() -> None:
    given = "  Leads GmbH, Zażółć-Straße 1, privacy@leads.example "
    assert Settings.model_validate({"privacy_contact": given}).privacy_contact == given.strip()
    for wrong in ("two\nlines", "x" * 501):
        with pytest.raises(ValidationError, match="privacy_contact"):
            Settings.model_validate({"privacy_contact": wrong})
