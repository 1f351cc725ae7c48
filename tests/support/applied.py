"""The clients of the mutation tests: one for each kind of viewer, on one marketplace."""

from dataclasses import dataclass
from uuid import UUID

from models.accounts.passwords import Passwords
from models.accounts.sessions import SignedIn, begin_session
from models.base.database import transaction
from models.base.viewer import Viewer
from models.tables import User
from schema.graphql.ids import write_id
from tests.support.api import Api, Client, Json
from tests.support.hashing import CHEAP
from tests.support.marketplace import MadeLead, Marketplace, apply, make_lead, make_marketplace
from tests.support.viewers import Kind, viewers_of

PASSWORD = "a sentence that nobody else has"
WRONG_PASSWORD = "a sentence that is not theirs"
CONTACT_PHONE = "+12025550161"
LEAD: Json = {
    "title": "A new roof",
    "brief": "Two hundred square metres of tiles, in spring.",
    "category": "Roofing",
    "country": "DE",
    "contact": {"fullName": "Rita Fake-Sample", "email": "rita.fake@x.example", "preferredChannel": "EMAIL"},
}


@dataclass(frozen=True, slots=True)
class Applied:
    """A marketplace in which a vendor has applied for one lead; a second lead is open."""

    place: Marketplace
    application_id: UUID
    free: MadeLead

    @property
    def application(self) -> str:
        """The application's global id."""
        return write_id("Application", self.application_id)

    def viewer(self, kind: Kind) -> Viewer:
        """Return the viewer of this kind; not for anonymous."""
        return viewers_of(self.place)[kind]

    async def client(self, api: Api, kind: Kind) -> Client:
        """Return a client of this kind, signed in unless anonymous."""
        if kind is Kind.ANONYMOUS:
            return api.nobody
        return await api.client(self.viewer(kind).user_id)


async def make_applied() -> Applied:
    """Create the marketplace, the application and the second lead."""
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    free = await make_lead(place.market, place.prospect)
    return Applied(place, application_id, free)


async def session(api: Api, user_id: UUID | None) -> SignedIn:
    """Begin a session for a user, without a password, and return its tokens."""
    assert user_id is not None
    async with transaction() as conn:
        return await begin_session(conn, api.services.authentication.issuer, user_id, api.clock.now())


async def give_password(user_id: UUID | None, password: str = PASSWORD) -> str:
    """Give a user a password, and return the email address to sign in with."""
    passwords = Passwords(CHEAP)
    try:
        user = await User.get(id=user_id)
        user.password_hash = await passwords.hash(password)
        await user.save()
        return user.email
    finally:
        passwords.close()
