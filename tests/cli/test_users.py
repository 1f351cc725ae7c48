"""What `leadgate user`, `account` and `market` do, refuse and record."""

import asyncio
import json
import os
import pty
import select
import stat
import sys
import termios
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from models.accounts.authentication import authenticate
from models.accounts.passwords import Passwords
from models.accounts.sessions import SignedIn, refresh
from models.accounts.sign_in import sign_in
from models.accounts.tables import ExternalIdentity, User
from models.accounts.tokens.access_token import TokenIssuer
from models.accounts.tokens.claims import InvalidToken
from models.base.database import connection, fetch
from models.base.refusal import Refusal
from models.base.role import Role
from tests.support.command import ROOT, Command

EMAIL, PASSWORD, OTHER = "olga@house.example", "seven quiet lanterns", "a boat full of pears"
ISSUER = TokenIssuer(b"a key that only these tests know, 0123456789")


async def enter(password: str, email: str = EMAIL) -> SignedIn:
    """Sign in as the API does."""
    passwords = Passwords()
    try:
        return await sign_in(
            ISSUER, passwords, email=email, password=password, address=None, now=datetime.now(UTC)
        )
    finally:
        passwords.close()


async def add(leadgate: Command, email: str = EMAIL, *words: str, role: str = "operator") -> None:
    """Create a user."""
    shown = await leadgate(
        "user", "add", email, "--name", "Olga Ops", "--role", role, "--password-stdin", *words, given=PASSWORD
    )
    assert (shown.code, shown.out != "") == (0, True), shown.err


async def listed(leadgate: Command, what: str) -> list[dict[str, Any]]:
    """Return the output of `list --json`."""
    return [json.loads(line) for line in (await leadgate(what, "list", "--json")).out.splitlines()]


async def users() -> list[dict[str, object]]:
    """Return every user as stored."""
    return [dict(row) for row in await fetch(connection(), "SELECT * FROM users ORDER BY email")]


async def test_a_production_setup_starts_with_a_market_an_account_and_an_operator(leadgate: Command) -> None:
    assert (await leadgate("market", "add", "default", "Marketplace")).code == 0
    assert (await leadgate("account", "add", "Lindqvist Studio", "--plan", "professional")).code == 0
    (account,) = await listed(leadgate, "account")
    await add(leadgate, EMAIL, "--market", "default")
    await add(leadgate, "vera@studio.example", "--account", account["id"], role="owner")
    for role in ("agent", "prospect"):
        await add(leadgate, f"{role}@house.example", role=role)
    session = await enter(PASSWORD)
    asks = await authenticate(connection(), session.access_token, ISSUER, None, now=datetime.now(UTC))
    assert asks.viewer.roles == {Role.OPERATOR}
    found = {user["email"]: (user["roles"], user["account"]) for user in await listed(leadgate, "user")}
    assert found == {
        EMAIL: (["OPERATOR"], None),
        "vera@studio.example": (["OWNER"], "Lindqvist Studio"),
        "agent@house.example": (["AGENT"], None),
        "prospect@house.example": (["PROSPECT"], None),
    }
    assert await listed(leadgate, "market") == [
        {"code": "default", "name": "Marketplace", "policy": "default-1"}
    ]
    assert EMAIL in (await leadgate("user", "list")).out


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        (("--role", "operator", "--account", "ACCOUNT"), PASSWORD, "--account: A user has one role"),
        (("--role", "owner"), PASSWORD, "--account: A user with the role OWNER acts for a vendor"),
        (("--role", "agent", "--market", "moon"), PASSWORD, "--market: Market not found"),
        (
            ("--role", "agent", "--locale", "fr"),
            PASSWORD,
            "--locale: Unsupported language. Use one of: de, en, pl, ro.",
        ),
        (("--role", "agent", "--time-zone", "Mars"), PASSWORD, "--time-zone: 'Mars' is not a time zone"),
        (("--role", "agent"), "short", "must have at least 12 characters"),
        (("--role", "agent"), "House-Example-Olga", "consists of the user's own name or address"),
        (("--role", "agent"), "leadgate-demo", "consists of commonly guessed words"),
        (("--role", "agent"), "P@ssw0rd12345", "consists of commonly guessed words"),
        (("--role", "agent"), "", "--password-stdin: the first line of standard input must be the password"),
    ],
)
async def test_an_invalid_value_is_refused_with_the_name_of_its_option(
    leadgate: Command, words: tuple[str, ...], given: str, says: str
) -> None:
    account = ""
    if "ACCOUNT" in words:
        await leadgate("account", "add", "Lindqvist Studio")
        account = (await listed(leadgate, "account"))[0]["id"]
    words = tuple(account if word == "ACCOUNT" else word for word in words)
    shown = await leadgate(
        "user", "add", EMAIL, "--name", "Olga Ops", "--password-stdin", *words, given=f"{given}\n"
    )
    assert shown.code == 1
    assert says in shown.err
    assert await users() == []


async def test_an_email_address_belongs_to_only_one_user(leadgate: Command) -> None:
    await add(leadgate)
    before = await users()
    words = ("user", "add", EMAIL.upper(), "--name", "Other", "--role", "agent", "--password-stdin")
    shown = await leadgate(*words, given=OTHER)
    assert (shown.code, "EMAIL: A user with this email address already exists." in shown.err) == (1, True)
    assert await users() == before


async def test_a_new_password_ends_all_sessions(leadgate: Command) -> None:
    await add(leadgate)
    session = await enter(PASSWORD)
    assert (await leadgate("user", "password", EMAIL, "--password-stdin", given=f"{OTHER}\n")).code == 0
    with pytest.raises(Refusal):
        await refresh(ISSUER, refresh_token=session.refresh_token, now=datetime.now(UTC))
    with pytest.raises(InvalidToken):
        await authenticate(connection(), session.access_token, ISSUER, None, now=datetime.now(UTC))
    with pytest.raises(Refusal):
        await enter(PASSWORD)
    assert await enter(OTHER)


async def test_disabling_ends_sessions_immediately_and_enabling_does_not_restore_them(
    leadgate: Command,
) -> None:
    await add(leadgate)
    session = await enter(PASSWORD)
    for command in ("disable", "disable", "enable", "enable"):
        assert (await leadgate("user", command, EMAIL)).code == 0
        with pytest.raises(InvalidToken):
            await authenticate(connection(), session.access_token, ISSUER, None, now=datetime.now(UTC))
        if command == "disable":
            with pytest.raises(Refusal):
                await enter(PASSWORD)
    assert await enter(PASSWORD)


async def test_an_issuers_identity_can_be_linked_once_and_unlinked(leadgate: Command) -> None:
    await add(leadgate)
    words = ("user", "add", "p@house.example", "--name", "P", "--role", "prospect", "--no-password")
    assert (await leadgate(*words)).code == 0
    link = ("https://issuer.example", "subject-1")
    for _ in range(2):
        shown = await leadgate("user", "link", "p@house.example", *link)
        assert (shown.code, "OIDC_ISSUERS does not include https://issuer.example" in shown.err) == (0, True)
    taken = await leadgate("user", "link", EMAIL, *link)
    assert (taken.code, "SUBJECT: This subject is already linked to another user" in taken.err) == (1, True)
    identity = await ExternalIdentity.get().select_related("user")
    assert (identity.issuer, identity.subject, identity.user.email) == (*link, "p@house.example")
    assert (await leadgate("user", "unlink", EMAIL, *link)).code == 1
    assert (await leadgate("user", "unlink", "p@house.example", *link)).code == 0
    assert await ExternalIdentity.all().count() == 0


async def test_an_unknown_user_is_reported_with_the_remedy(leadgate: Command) -> None:
    for words in (
        ("password", EMAIL, "--password-stdin"),
        ("disable", EMAIL),
        ("link", EMAIL, "https://i", "s"),
    ):
        shown = await leadgate("user", *words, given=f"{PASSWORD}\n")
        assert shown.code == 1
        assert "EMAIL: User not found. `leadgate user list` shows all users." in shown.err


async def test_every_command_is_recorded_with_its_user_but_without_passwords_and_addresses(
    leadgate: Command,
) -> None:
    await add(leadgate)
    await leadgate("user", "password", EMAIL, "--password-stdin", given=f"{OTHER}\n")
    await leadgate("user", "disable", EMAIL)
    shown = await leadgate("user", "password", EMAIL, "--password-stdin", given="short\n")
    lines = [json.loads(line) for line in leadgate.record().splitlines()]
    assert [(line["event"], line["outcome"]) for line in lines] == [
        ("user_added", "done"),
        ("user_password_changed", "done"),
        ("user_disabled", "done"),
        ("user_password_changed", "refused"),
    ]
    assert all(line["by"] for line in lines)
    assert len({line["user"] for line in lines[:3]}) == 1
    everything = leadgate.record() + shown.err + shown.out
    assert not [secret for secret in (PASSWORD, OTHER, "olga", "$argon2") if secret in everything]
    log = leadgate.var_dir / "log" / "commands.log"
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)


async def test_a_command_that_cannot_be_recorded_is_not_carried_out(leadgate: Command) -> None:
    leadgate.var_dir.mkdir()
    (leadgate.var_dir / "log").write_text("a file where the folder should be")
    words = ("user", "add", EMAIL, "--name", "O", "--role", "agent", "--password-stdin")
    shown = await leadgate(*words, given=PASSWORD)
    assert (shown.code, shown.err.startswith("VAR_DIR: ")) == (1, True)
    assert await users() == []


async def test_no_command_accepts_a_password_as_an_argument(leadgate: Command) -> None:
    for command in ("add", "password"):
        help_text = (await leadgate("user", command, "--help")).out
        options = [word for word in help_text.split() if word.startswith("--") and "password" in word]
        assert set(options) <= {"--password-stdin", "--no-password"}
    shown = await leadgate("user", "password", EMAIL)  # no terminal, and no --password-stdin
    assert (shown.code, "--password-stdin" in shown.err) == (2, True)


def _answer_twice(ours: int, theirs: int) -> bytes:
    """Type the new password at each prompt and return what the terminal showed."""
    shown = b""
    for question in (b"Password", b"Repeat password"):
        while question not in shown:
            readable, _, _ = select.select([ours], [], [], 60)
            assert readable, (
                f"not asked for {question!r}"
            )  # a thread that waits forever would block the session
            shown += os.read(ours, 1024)
        while termios.tcgetattr(theirs)[3] & termios.ECHO:  # input typed before the prompt is discarded
            time.sleep(0.01)
        os.write(ours, f"{OTHER}\n".encode())
    return shown


async def test_a_password_is_prompted_for_twice_and_not_shown(leadgate: Command) -> None:
    await add(leadgate)
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "user", "password", EMAIL),
        cwd=ROOT,
        env=leadgate.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    async with asyncio.timeout(120):
        shown = await asyncio.to_thread(_answer_twice, ours, theirs)
        assert await process.wait() == 0
    os.close(theirs)
    os.close(ours)
    assert OTHER.encode() not in shown
    assert await enter(OTHER)


async def test_markets_and_accounts_require_valid_names(leadgate: Command) -> None:
    assert (await leadgate("market", "add", "default", "Marketplace")).code == 0
    for words, says in (
        (("market", "add", "default", "Again"), "CODE: This code is already in use"),
        (("market", "add", "No Code", "Name"), "CODE: A code has up to 40 lowercase letters"),
        (("market", "add", "other", " "), "--name: enter a name."),
        (("account", "add", " "), "--name: enter a name."),
    ):
        shown = await leadgate(*words)
        assert (shown.code, says in shown.err) == (1, True), shown.err
    rows = await fetch(connection(), "SELECT (SELECT count(*) FROM market), (SELECT count(*) FROM account)")
    assert tuple(rows[0]) == (1, 0)
    assert await User.all().count() == 0
