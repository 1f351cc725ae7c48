"""Noting what a vendor thinks of a person: position, days, temper, and whether they know its number."""

from dataclasses import dataclass
from uuid import UUID

from models.base.database import fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.contacting.advice_views import ProfileView
from models.contacting.held_lead import held_lead
from models.contacting.refusals import ContactingRefusal
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus


@dataclass(frozen=True, slots=True)
class ProfileInput:
    """What changes; None: it stays as it is."""

    status: PersonStatus | None = None
    days: PersonDays | None = None
    temper: PersonTemper | None = None
    knows_number: bool | None = None


_READ = """SELECT version, status, days, temper, knows_number FROM person_profile
    WHERE prospect_id = $1 AND account_id = $2 FOR NO KEY UPDATE"""
_WRITE = """INSERT INTO person_profile (id, prospect_id, account_id, status, days, temper, knows_number,
        version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
    ON CONFLICT (prospect_id, account_id) DO UPDATE
    SET status = EXCLUDED.status, days = EXCLUDED.days, temper = EXCLUDED.temper,
        knows_number = EXCLUDED.knows_number, version = person_profile.version + 1
    WHERE person_profile.version = $8
    RETURNING version"""


async def set_profile(viewer: Viewer, lead_id: UUID, given: ProfileInput, *, expected_version: int) -> None:
    """Change the account's profile of the person of a lead; version 0 for one that does not exist yet.

    Raises `Refusal`: FORBIDDEN for others than owners and members, NOT_FOUND, REFUSED_BY_RULE for hidden
    contact data, STALE_VERSION if it has changed since it was read.
    """
    account_id = acting_vendor(viewer, "note what a person is like")
    async with transaction() as conn:
        lead = await held_lead(conn, viewer, lead_id)
        row = await fetch_one(conn, _READ, lead.prospect_id, account_id)
        stored = ProfileView() if row is None else ProfileView(**dict(row))
        if stored.version != expected_version:
            raise ContactingRefusal.PROFILE_CHANGED.at("expectedVersion")
        written = await fetch(
            conn,
            _WRITE,
            new_id(),
            lead.prospect_id,
            account_id,
            given.status or stored.status,
            given.days or stored.days,
            given.temper or stored.temper,
            stored.knows_number if given.knows_number is None else given.knows_number,
            expected_version,
        )
        if not written:  # another one was created at the same time
            raise ContactingRefusal.PROFILE_CHANGED.at("expectedVersion")
