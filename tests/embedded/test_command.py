"""The command line reports errors in one line and reads its settings from the documented places."""

import socket
import stat
from pathlib import Path
from typing import Protocol

import pytest

import settings
from tests.support.command import LONGEST_SECONDS, Shown, plain_environment
from tests.support.fork_server import ForkServer
from tests.support.services import reachable_folder

SECRET = "s3cret-" * 8


class Run(Protocol):
    """Runs the command with a minimal environment and these variables."""

    def __call__(self, *words: str, **environment: str) -> Shown: ...


@pytest.fixture
def run(forks: ForkServer) -> Run:
    """The command, with no services other than those it starts."""

    def run(*words: str, **environment: str) -> Shown:
        code, out, err = forks.run(words, plain_environment(**environment), b"", LONGEST_SECONDS)
        return Shown(code, out.decode(), err.decode())

    return run


def test_help_lists_every_command(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    names = "serve worker migrate upgrade-check seed run schema reconcile import rules user account market"
    for name in (*names.split(), "outbox"):
        assert f" {name} " in shown.out
    assert run("rules", "list").code == 0


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PORT", "abc", "must be between 1 and 65535, got 'abc'"),
        ("PORT", "65536", "must be between 1 and 65535, got '65536'"),
        ("HOST", "a b", "must be a host name or an IP address, got 'a b'"),
        ("DEMO_HOUR_SECONDS", "0", "must be between 1 and 3600, got '0'"),
        ("SWEEP_BATCH_SIZE", "2001", "must be between 1 and 2000, got '2001'"),
        ("LOG_LEVEL", "loud", "must be 'debug', 'info', 'warning' or 'error', got 'loud'"),
        ("GRAPHIQL", "perhaps", "must be true or false, got 'perhaps'"),
        ("ALLOWED_ORIGINS", "https://a.example/path", "must be origins such as https://app.example"),
        ("ALLOWED_ORIGINS", "https://App.example", "must be origins such as https://app.example"),
        ("ALLOWED_ORIGINS", "https://a.example:443", "must be origins such as https://app.example"),
        ("ALLOWED_ORIGINS", "*", "must be origins such as https://app.example"),
        (
            "OIDC_ISSUERS",
            "http://a.example=http://a.example/jwks",
            "must be issuer=jwks_url pairs of https addresses",
        ),
        ("OIDC_CLIENTS", "https://a.example=web", "must only contain issuers from OIDC_ISSUERS"),
        ("OIDC_TOKEN_TYPES", "https://a.example", "must be issuer=type pairs"),
        ("OIDC_TOKEN_MINUTES", "0", "must be between 1 and 1440, got '0'"),
        ("DATABASE_URL", "mysql://u:hidden@h/d", "must begin with postgres:// or postgresql://"),
        ("DATABASE_URL", "postgres://u:hidden@h/d?sslmod=x", "has the unknown option 'sslmod'; known are"),
        ("DATABASE_URL_DIRECT", "postgres://u:hidden@h:a/d", "must have hosts such as db.example:5432"),
        ("DATABASE_URL_DIRECT", "postgres://u:hidden@h/d", "needs DATABASE_URL"),
        ("DATABASE_POOLER", "transaction", "needs DATABASE_URL"),
        ("DATABASE_POOLER", "session", "must be 'none' or 'transaction', got 'session'"),
        ("REDIS_URL", "http://:hidden@h", "must begin with redis://"),
        ("REDIS_URL", "redis+sentinel://u:hidden@h", "must name the primary and its database, as in"),
        ("SECRET_KEY", "hidden", "must have at least 32 bytes"),
        ("BUSINESS_REGISTER_URL", "http://register.example/?key=hidden", "must be an https address"),
        ("BUSINESS_REGISTER_URL", "https://register.example:abc/?key=hidden", "must be an https address"),
        (
            "BUSINESS_REGISTER_URL",
            "https://u:hidden@register.example",
            "must not contain a user name or password",
        ),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_wrong_value_stops_the_start_with_its_name_and_the_reason(
    run: Run, command: str, name: str, value: str, reason: str
) -> None:
    shown = run(command, **{name: value})
    assert shown.code == 2
    assert shown.err.startswith(f"{name}: {reason}")
    assert len(shown.err.splitlines()) == 1
    assert "hidden" not in shown.out + shown.err


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_used_port_stops_the_start_before_anything_is_started(
    run: Run, command: str, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shown = run(command, PORT=str(port), VAR_DIR=str(tmp_path / "var"))
    assert (shown.code, shown.err) == (
        2,
        f"PORT: {port} on 127.0.0.1 is already in use; choose another port\n",
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("command", ["run", "serve"])
def test_an_unknown_host_stops_the_start(run: Run, command: str, tmp_path: Path) -> None:
    shown = run(command, HOST="nohost.invalid", VAR_DIR=str(tmp_path / "var"))
    assert (shown.code, len(shown.err.splitlines())) == (2, 1)
    assert shown.err.startswith("HOST: cannot listen on nohost.invalid: ")


@pytest.mark.parametrize("mode", ["allow", "only"])
def test_trusted_documents_without_a_manifest_report_what_is_missing(run: Run, mode: str) -> None:
    shown = run("serve", TRUSTED_DOCUMENTS=mode)
    assert (shown.code, shown.err) == (
        2,
        f"TRUSTED_DOCUMENTS_MANIFEST: must specify a file, because TRUSTED_DOCUMENTS is {mode}\n",
    )


@pytest.mark.parametrize("folder", ["/proc/x", "/proc", __file__, f"{__file__}/below"])
@pytest.mark.parametrize(
    "given", [{}, {"DATABASE_URL": "postgres://u@127.0.0.1:1/d", "REDIS_URL": "redis://127.0.0.1:1"}]
)
def test_a_folder_that_cannot_be_written_stops_the_start(
    run: Run, folder: str, given: dict[str, str]
) -> None:
    shown = run("serve", VAR_DIR=folder, **given)
    assert (shown.code, len(shown.err.splitlines())) == (2, 1)
    assert shown.err.startswith("VAR_DIR: ")
    assert folder in shown.err


def test_a_command_starts_services_for_itself_and_stops_them(run: Run) -> None:
    with reachable_folder() as folder:
        first = run("migrate", VAR_DIR=str(folder / "var"))
        assert (first.code, first.err) == (0, "")
        assert not (folder / "var" / "postgres" / "cluster" / "postmaster.pid").exists()
        assert run("migrate", VAR_DIR=str(folder / "var")).code == 0


def test_settings_read_lists_and_hide_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://a.example, http://localhost:3000")
    monkeypatch.setenv("OIDC_ISSUERS", "https://a.example=https://a.example/jwks")
    monkeypatch.setenv("OIDC_TOKEN_TYPES", "https://a.example=JWT, https://a.example=none")
    monkeypatch.setenv("OIDC_CLIENTS", "https://a.example = web=1")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", f"postgres://u:{SECRET}@h/d")
    monkeypatch.setenv("BUSINESS_REGISTER_URL", f"https://register.example/status?key={SECRET}")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    monkeypatch.setenv("PORT", "")  # an empty value counts as not set
    read = settings.load()
    assert read.allowed_origins == ("https://a.example", "http://localhost:3000")
    assert read.oidc_issuers == (settings.OidcIssuer("https://a.example", "https://a.example/jwks"),)
    assert read.oidc_token_types == (("https://a.example", "jwt"), ("https://a.example", "none"))
    assert read.oidc_clients == (("https://a.example", "web=1"),)
    assert (read.log_level, read.port) == ("warning", 8000)
    assert read.signing_key() == SECRET.encode()
    assert SECRET not in repr(read)


def test_the_signing_key_is_created_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    read = settings.load(var_dir=tmp_path / "var")
    key = read.signing_key()
    assert len(key) >= settings.SECRET_BYTES
    assert settings.load(var_dir=tmp_path / "var").signing_key() == key
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600


def test_the_table_of_settings_has_a_row_per_setting() -> None:
    rows = settings.settings_table().splitlines()
    assert rows[0] == "| variable | default | meaning |"
    assert "| `PORT` | `8000` | Port the server listens on |" in rows
    assert len(rows) == 2 + len(settings.Settings.model_fields)
