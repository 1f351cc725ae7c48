"""GraphQL types of the service: what a client needs before a user signs in."""

from datetime import datetime

import strawberry

from models.base.database import connection
from models.base.role import Role
from models.feed.wording.language import CATALOGS
from models.process.release import build, version
from models.seed.guard import enabled_users
from models.seed.people import DemoUser
from schema.graphql.context import Info
from schema.graphql.scalars import EmailAddress


class ServiceView:
    """The service; the demo's users are read at most once per response."""

    def __init__(self, *, local: bool) -> None:
        """Note whether only this machine can have sent the request."""
        self._local = local
        self._demo: list[DemoUser] | None = None

    async def demo(self) -> list[DemoUser]:
        """Return the demo's users who can sign in; none if other machines can reach the server."""
        if self._demo is None:
            self._demo = await enabled_users(connection()) if self._local else []
        return self._demo


@strawberry.type(name="DemoUser", description="A user of the demo. The password is in the README.")
class DemoUserType:
    """Source: `models.seed.people.DemoUser`."""

    email: EmailAddress = strawberry.field(description="The email address to sign in with.")
    name: str = strawberry.field(description="The display name.")

    @strawberry.field(description="The roles of the user.")
    def roles(root: strawberry.Parent[DemoUser]) -> list[Role]:
        """Return the only role."""
        return [root.role]


@strawberry.type(description="The service; no sign-in is needed.")
class Service:
    """Source: `ServiceView`."""

    @strawberry.field(description="The server's clock, for clients whose own clock may be wrong.")
    def now(root: strawberry.Parent[ServiceView], info: Info) -> datetime:
        """Read the clock."""
        return info.context.now()

    @strawberry.field(description="The version of the release, such as 0.1.0.")
    def version(root: strawberry.Parent[ServiceView]) -> str:
        """Return the version."""
        return version()

    @strawberry.field(
        description="A fingerprint of the running code; it changes when different code is deployed."
    )
    def build(root: strawberry.Parent[ServiceView]) -> str:
        """Return the fingerprint."""
        return build()

    @strawberry.field(description="The languages of messages, such as en: the values of `locale`.")
    def languages(root: strawberry.Parent[ServiceView]) -> list[str]:
        """Return the languages of the catalogs."""
        return sorted(CATALOGS)

    @strawberry.field(description="Whether this is a demo that only the server's own machine can reach.")
    async def demo(root: strawberry.Parent[ServiceView]) -> bool:
        """Return whether the demo's users can sign in from here."""
        return bool(await root.demo())

    @strawberry.field(
        description="The users of the demo who can sign in; empty unless `demo` is true.",
        graphql_type=list[DemoUserType],
    )
    async def demo_users(root: strawberry.Parent[ServiceView]) -> list[DemoUser]:
        """Return the users."""
        return await root.demo()
