"""The number of messages that were masked for the other side when they were sent, for operators (S1.8)."""

from uuid import UUID

from models.applications.answer import accept
from models.base.database import connection
from models.base.viewer import Viewer
from models.chat.attempts import MaskedAttempts, attempts_of
from models.process.wake import Silence
from rules import production_parameters
from tests.models.chat.reading import head_of
from tests.models.chat.writing import send
from tests.support.database import Database
from tests.support.marketplace import FULL_NAME, HOUR, Marketplace, apply, make_marketplace

QUIET = Silence()


async def _send(viewer: Viewer, made: UUID, *texts: str) -> None:
    for text in texts:
        await send(viewer, made, text)


async def _attempts(place: Marketplace, made: UUID) -> MaskedAttempts:
    head = await head_of(place.operator, made)
    (found,) = await attempts_of(connection(), [head])
    return found


async def test_messages_with_something_masked_are_counted_for_each_side(place: Marketplace) -> None:
    """A vendor's link is not masked, so it is not counted; neither is what operators write."""
    made = await apply(place.vendor, place.lead)
    assert await _attempts(place, made) == MaskedAttempts(0, 0)
    await _send(place.vendor.owner, made, "Call +49 30 901820", "See www.portfolio.example", "Hello")
    await _send(place.prospect.viewer, made, f"I am {FULL_NAME}", "See www.mine.example", "Hello")
    await _send(place.operator, made, "Write to help@operators.example")
    assert await _attempts(place, made) == MaskedAttempts(1, 2)


async def test_what_is_written_from_the_reveal_on_is_not_counted(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    await _send(place.prospect.viewer, made, "Call +49 30 901820")
    await database.clock.advance(48 * HOUR)
    await _send(place.prospect.viewer, made, "Call +49 30 901821")
    assert await _attempts(place, made) == MaskedAttempts(0, 1)


async def test_what_is_written_after_an_acceptance_is_not_counted(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    await _send(place.vendor.owner, made, "Call +49 30 901820")
    await database.clock.advance(HOUR)
    await accept(place.prospect.viewer, QUIET, made)
    await _send(place.vendor.owner, made, "Call +49 30 901821")
    assert await _attempts(place, made) == MaskedAttempts(1, 0)


async def test_the_switches_of_the_policy_decide_what_a_vendor_hides(database: Database) -> None:
    parameters = production_parameters()
    parameters["chat"] |= {"chat_mask_vendor_contacts": False, "chat_mask_vendor_links": True}
    place = await make_marketplace(parameters=parameters)
    made = await apply(place.vendor, place.lead)
    await _send(place.vendor.owner, made, "Call +49 30 901820", "See www.portfolio.example")
    assert await _attempts(place, made) == MaskedAttempts(1, 0)
