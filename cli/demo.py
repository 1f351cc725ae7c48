"""The demo marketplace on the command line: where it may be seeded, and the warning about its passwords."""

from enum import Enum, auto

from rich.console import Console
from rich.table import Table

from cli.connect import orm
from settings import Settings
from settings.errors import FixableError

HINT = "{ leads(first: 3) { nodes { title visibility { outcome message changesAt } contact { phone } } } }"
_KNOWN = "and the demo's users have a publicly known password"
_ANYWAY = "`--demo-anyway` (make run ARGS=--demo-anyway)"


class Demo(Enum):
    """Whether to seed the demo: the password of its users is in the README."""

    # In an empty database, or the demo's own, for a server that only this machine can reach.
    WHERE_SAFE = auto()
    ANYWAY = auto()
    NEVER = auto()


class DemoError(FixableError):
    """The demo would let strangers in."""

    exit_code = 2


async def seed(settings: Settings, demo: Demo = Demo.WHERE_SAFE) -> None:
    """Seed the demo marketplace, unless the database already has it. Raises `DemoError`."""
    from models.base.database import connection
    from models.seed import may_seed
    from models.seed import seed as sow

    refuse_demo_for_others(settings, demo)
    async with orm(settings, direct=True):
        if demo is not Demo.ANYWAY and not await may_seed(connection()):
            raise DemoError(
                f"DATABASE_URL: this database contains other data, {_KNOWN}; {_ANYWAY} seeds it anyway"
            )
        await sow(settings)


def refuse_demo_for_others(settings: Settings, demo: Demo) -> None:
    """Raise `DemoError` if other machines can reach the server and that was not explicitly allowed."""
    if demo is Demo.WHERE_SAFE and not settings.only_here:
        raise DemoError(
            f"HOST: {settings.host} is reachable from other machines, {_KNOWN}. Use 127.0.0.1, or "
            "run without the demo (`make run ARGS=--no-demo`) and create users with "
            f"`leadgate user add`; if anyone who can reach it may see and change everything, use {_ANYWAY}"
        )


async def seed_if_allowed(settings: Settings, demo: Demo, console: Console) -> bool:
    """Seed the demo if allowed; return whether it exists."""
    if demo is not Demo.NEVER:
        try:
            await seed(settings, demo)
        except DemoError as error:
            console.print(f"Demo not seeded. {error}", soft_wrap=True)
            return False
        return True
    if not settings.only_here and (open_to_all := await demo_users(settings)):
        raise DemoError(
            f"HOST: {settings.host} is reachable from other machines, and {', '.join(open_to_all)} can "
            "sign in with the demo's password: change it with `leadgate user password`, or "
            "disable them with `leadgate user disable`"
        )
    return False


async def demo_users(settings: Settings) -> list[str]:
    """Return the demo's users who can sign in with the demo's password."""
    from models.accounts.passwords import Passwords
    from models.base.database import connection
    from models.seed import KnownPassword

    passwords = Passwords()
    try:
        async with orm(settings):
            return await KnownPassword(passwords).users(connection())
    finally:
        passwords.close()


def show_demo(console: Console) -> None:
    """Print the users of the demo and how to sign in."""
    from models.seed import PASSWORD, USERS

    users = Table("demo user", "password", "role")
    for user in USERS:
        users.add_row(user.email, PASSWORD, user.role.lower())
    vendor = next(user for user in USERS if user.company)
    who = f'{{ email: "{vendor.email}", password: "{PASSWORD}" }}'
    sign_in = f"mutation {{ signIn(input: {who}) {{ accessToken }} }}"
    console.print(users)
    for line in (
        "To sign in, run:",
        f"  {sign_in}",
        "Then send the access token in the header `Authorization: Bearer …` and run:",
        f"  {HINT}",
    ):
        console.print(line, markup=False, soft_wrap=True)
