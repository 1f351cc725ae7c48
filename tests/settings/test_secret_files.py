"""Secret settings from files, as containers and systemd pass them."""

from pathlib import Path

import pytest

from settings import Settings, SettingsError, load

SECRET = "a-secret-of-the-tests-with-32-bytes"
SECRET_NAMES = {name for name, field in Settings.model_fields.items() if not field.repr}


def test_every_setting_with_a_password_or_a_key_is_secret() -> None:
    """None of them is shown in an error or by `repr`, and each can be in a file."""
    assert {
        "business_register_url",
        "database_url",
        "gravatar_api_key",
        "hash_key",
        "mail_hook_secret",
        "mail_url",
        "metrics_token",
        "push_key",
        "redis_url",
        "secret_key",
        "sms_url",
    } <= SECRET_NAMES
    for name in Settings.model_fields.keys() - SECRET_NAMES:
        assert not name.endswith(("_url", "_token", "_secret", "_key")) or name == "public_url", name


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_secret_is_read_from_a_file_without_the_end_of_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "key").write_bytes(f"{SECRET}{ending}".encode())
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert load().signing_key() == SECRET.encode()


def test_any_secret_can_be_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("a-token-for-metrics")
    (tmp_path / "mail").write_text("smtps://user:word@mail.example")
    monkeypatch.setenv("METRICS_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("MAIL_URL_FILE", str(tmp_path / "mail"))
    found = load()
    assert (found.metrics_token, found.mail_url) == ("a-token-for-metrics", "smtps://user:word@mail.example")


def test_a_wrong_value_in_a_file_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SECRET_KEY", "METRICS_TOKEN", "DATABASE_URL"):
        with monkeypatch.context() as patched:
            (tmp_path / "value").write_text("too-short")
            patched.setenv(f"{name}_FILE", str(tmp_path / "value"))
            with pytest.raises(SettingsError, match=f"^{name}: ") as caught:
                load()
            assert "too-short" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe", b"x" * 70_000])
def test_a_file_without_a_value_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))
    with pytest.raises(SettingsError, match=f"^SECRET_KEY_FILE: .*{path}"):
        load()


def test_a_secret_both_given_and_in_a_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(SECRET)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("SECRET_KEY", SECRET)
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE: SECRET_KEY is set as well"):
        load()


def test_a_setting_that_is_no_secret_is_not_read_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "port").write_text("9000")
    monkeypatch.setenv("PORT_FILE", str(tmp_path / "port"))
    monkeypatch.delenv("PORT", raising=False)
    assert load().port == 8000
