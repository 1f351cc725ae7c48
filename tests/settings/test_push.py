"""Settings of push messages and of sealed secrets."""

from pathlib import Path

import pytest

from settings import Settings, SettingsError, load
from tests.support.api import KEY_FILE, PUSH_KEY


def test_keys_are_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var")
    made = settings.push_private_key(), settings.sealing_key()
    again = Settings(var_dir=tmp_path / "var")
    assert (again.push_private_key(), again.sealing_key()) == made
    assert load(push_key=made[0]).push_key == made[0]
    assert len(made[1]) >= 32
    for name in ("push-key", "key-encryption-key"):
        assert (tmp_path / "var" / name).stat().st_mode & 0o777 == 0o600


def test_configured_keys_are_used_and_nothing_is_stored(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var", push_key=PUSH_KEY, key_file=KEY_FILE)
    assert settings.push_private_key() == PUSH_KEY
    assert settings.sealing_key() == KEY_FILE.read_bytes()
    assert not (tmp_path / "var").exists()
    assert PUSH_KEY not in repr(settings)


@pytest.mark.parametrize("value", ["short", "A" * 43, "_" * 43, "not base64url!"])
def test_a_key_that_is_no_private_key_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(SettingsError, match="PUSH_KEY: must be a private key") as raised:
        load(push_key=value)
    assert value not in str(raised.value)


def test_the_contact_is_an_address_and_by_default_the_sender_of_emails() -> None:
    assert load(mail_from="hello@leads.example").push_sender == "mailto:hello@leads.example"
    assert load(push_contact="https://leads.example/help").push_sender == "https://leads.example/help"
    with pytest.raises(SettingsError, match="PUSH_CONTACT"):
        load(push_contact="somebody")


def test_a_key_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="KEY_FILE: cannot read"):
        load(key_file=tmp_path / "missing").sealing_key()
    (tmp_path / "short").write_bytes(b"x" * 31)
    with pytest.raises(SettingsError, match="at least 32 bytes"):
        load(key_file=tmp_path / "short").sealing_key()
