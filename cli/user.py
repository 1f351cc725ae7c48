"""`leadgate user`: users, their passwords and their identities.

A password is never an argument, which `ps` and the shell history would show.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.audit_log import RefusedError, changed, run
from cli.listing import AsJson, show
from models.base.role import Role

if TYPE_CHECKING:
    from models.accounts.passwords import Passwords

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The email address that the user signs in with.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of prompting.")
]
Issuer = Annotated[
    str, typer.Argument(metavar="ISSUER", help="The `iss` claim of the tokens, as in OIDC_ISSUERS.")
]
Subject = Annotated[str, typer.Argument(metavar="SUBJECT", help="The `sub` claim of the user's tokens.")]

app = typer.Typer(no_args_is_help=True, help="Manage users.")


@app.command("add")
def add(
    email: Email,
    *,
    name: Annotated[str, typer.Option(help="The display name.")],
    role: Annotated[Role, typer.Option(case_sensitive=False, help="The user's role.")],
    account: Annotated[
        str | None, typer.Option(metavar="ID", help="The vendor's account, for OWNER, MEMBER and EMPLOYEE.")
    ] = None,
    market: Annotated[str | None, typer.Option(metavar="CODE", help="The user's home market.")] = None,
    locale: Annotated[str, typer.Option(help="The language of messages: en, de, pl or ro.")] = "en",
    time_zone: Annotated[str, typer.Option(help="The time zone of messages, an IANA name.")] = "UTC",
    password_stdin: FromInput = False,
    no_password: Annotated[
        bool,
        typer.Option(
            "--no-password", help="Sign in only through an external issuer; see `leadgate user link`."
        ),
    ] = False,
) -> None:
    """Create a user with one role."""
    from models.accounts.change_user import add_user

    if no_password and password_stdin:
        raise typer.BadParameter("cannot be combined with --password-stdin", param_hint="--no-password")
    account_id = _account(account)
    password = None if no_password else _password(from_input=password_stdin)

    async def work(passwords: "Passwords") -> UUID:
        return await add_user(
            passwords,
            email=email,
            name=name,
            role=role,
            password=password,
            account_id=account_id,
            market=market,
            locale=locale,
            time_zone=time_zone,
        )

    user = changed("user_added", lambda: _with_passwords(work), "User", role=role.value)
    typer.echo(
        f"User {user} created: {role.value} {email}."
        if password
        else f"User {user} created; now link an identity."
    )


@app.command("password")
def password(email: Email, *, password_stdin: FromInput = False) -> None:
    """Change a user's password and end all of the user's sessions."""
    from models.accounts.change_user import change_password

    given = _password(from_input=password_stdin)

    async def work(passwords: "Passwords") -> UUID:
        return await change_password(passwords, email=email, password=given)

    user = changed("user_password_changed", lambda: _with_passwords(work), "User")
    typer.echo(f"Password of user {user} changed; all sessions ended.")


@app.command("disable")
def disable(email: Email) -> None:
    """Disable a user; all sessions and tokens end immediately, including those of external issuers."""
    from models.accounts.change_user import switch_user

    user = changed("user_disabled", lambda: switch_user(email=email, disabled=True), "User")
    typer.echo(f"User {user} disabled; all sessions ended.")


@app.command("enable")
def enable(email: Email) -> None:
    """Enable a disabled user, who has to sign in again."""
    from models.accounts.change_user import switch_user

    user = changed("user_enabled", lambda: switch_user(email=email, disabled=False), "User")
    typer.echo(f"User {user} enabled.")


@app.command("link")
def link(email: Email, issuer: Issuer, subject: Subject) -> None:
    """Accept the tokens of an external issuer for a user."""
    from models.accounts.change_user import link_identity
    from settings import load

    user = changed("user_linked", lambda: link_identity(email=email, issuer=issuer, subject=subject), "User")
    typer.echo(f"User {user} linked.")
    if issuer not in {known.issuer for known in load().oidc_issuers}:
        typer.echo(f"OIDC_ISSUERS does not include {issuer}; its tokens are refused until it does.", err=True)


@app.command("unlink")
def unlink(email: Email, issuer: Issuer, subject: Subject) -> None:
    """Stop accepting the tokens of an external issuer for a user."""
    from models.accounts.change_user import unlink_identity

    user = changed(
        "user_unlinked", lambda: unlink_identity(email=email, issuer=issuer, subject=subject), "User"
    )
    typer.echo(f"User {user} unlinked.")


@app.command("list")
def list_users(*, json: AsJson = False) -> None:
    """List all users."""
    from models.accounts import roster
    from models.base.database import connection

    show(run("users_listed", lambda: roster.list_users(connection())), "User", json=json)


def _password(*, from_input: bool) -> str:
    """Return the password without showing it: entered twice at a terminal, or the first line of a pipe."""
    if from_input:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt="Repeat password", err=True)
    else:
        message = "standard input is not a terminal; pipe the password in and use this option"
        raise typer.BadParameter(message, param_hint="--password-stdin")
    if not given:
        raise RefusedError("--password-stdin: the first line of standard input must be the password")
    return given


def _account(given: str | None) -> UUID | None:
    from models.base.public_id import row_id_of

    if given is None:
        return None
    found = row_id_of(given, "Account")
    if found is None:
        message = "account not found; `leadgate account list` shows all accounts"
        raise typer.BadParameter(message, param_hint="--account")
    return found


async def _with_passwords(work: "Callable[[Passwords], Awaitable[UUID]]") -> UUID:
    from models.accounts.passwords import Passwords

    passwords = Passwords()
    try:
        return await work(passwords)
    finally:
        passwords.close()
