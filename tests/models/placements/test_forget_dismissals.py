"""Dismissals are deleted when their banners have ended, and not before: none is shown again."""

from datetime import timedelta
from uuid import UUID

from jobs.functions import forget_nightly
from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.placements.dismiss import dismiss_banner
from models.process.wake import Silence
from tests.models.placements.reading import rules_of
from tests.support.complaints import REJECTED, deliver, filed, say, verdict
from tests.support.database import Database
from tests.support.marketplace import HOUR, Marketplace, apply

NEWS, MICROSECOND = timedelta(days=14), timedelta(microseconds=1)


async def _kept() -> list[str]:
    await forget_nightly({})
    rows = await fetch(connection(), "SELECT rule_id FROM banner_dismissal ORDER BY rule_id")
    return [row["rule_id"] for row in rows]


async def _shown(place: Marketplace, application_id: UUID) -> str | None:
    return (await rules_of(place.vendor.owner, application_id)).get("BANNER")


async def test_a_dismissal_is_deleted_when_its_banner_is_no_longer_news(
    place: Marketplace, database: Database
) -> None:
    owner = place.vendor.owner
    application_id = await apply(place.vendor, place.lead)
    await dismiss_banner(owner, "Application", application_id, "vendor_waits")
    await accept(place.prospect.viewer, Silence(), application_id)
    await dismiss_banner(owner, "Application", application_id, "vendor_can_contact")
    await database.clock.advance(NEWS - MICROSECOND)
    assert await _kept() == ["vendor_can_contact", "vendor_waits"]
    assert await _shown(place, application_id) is None
    await database.clock.advance(MICROSECOND)
    assert await _kept() == []
    assert await _shown(place, application_id) is None


async def test_a_dismissal_is_kept_while_its_banner_would_be_news_again(
    place: Marketplace, database: Database
) -> None:
    """A late acceptance after a reveal by silence is news of the same rule."""
    application_id = await apply(place.vendor, place.lead)
    await database.clock.advance(48 * HOUR)
    await sweep(Silence())
    await dismiss_banner(place.vendor.owner, "Application", application_id, "vendor_can_contact")
    await database.clock.advance(NEWS - HOUR)
    await accept(place.prospect.viewer, Silence(), application_id)
    await database.clock.advance(HOUR)
    assert await _kept() == ["vendor_can_contact"]
    assert await _shown(place, application_id) is None
    await database.clock.advance(NEWS)
    assert await _kept() == []


async def test_of_complaints_the_time_of_the_decision_counts(place: Marketplace, database: Database) -> None:
    owner = place.vendor.owner
    complaint_id, (item,) = await filed(place.vendor, [await deliver(place, place.vendor)])
    await dismiss_banner(owner, "Complaint", complaint_id, "decision_awaited")
    await database.clock.advance(2 * NEWS)
    assert await _kept() == ["decision_awaited"]
    await say(place.operator, verdict(item, REJECTED))
    await database.clock.advance(NEWS - MICROSECOND)
    assert await _kept() == ["decision_awaited"]
    await database.clock.advance(MICROSECOND)
    assert await _kept() == []


async def test_a_decline_hours_before_keeps_older_dismissals(place: Marketplace, database: Database) -> None:
    application_id = await apply(place.vendor, place.lead)
    await dismiss_banner(place.vendor.owner, "Application", application_id, "vendor_waits")
    await accept(place.prospect.viewer, Silence(), application_id)
    await database.clock.advance(NEWS)
    await decline(place.prospect.viewer, Silence(), application_id)
    assert await _kept() == ["vendor_waits"]
    assert await _shown(place, application_id) == "vendor_declined_after_reveal"
