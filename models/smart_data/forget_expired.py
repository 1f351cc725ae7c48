"""Deletes found values that have expired, and those of erased people; readers have left them out before."""

from datetime import datetime

from models.base.database import fetch, transaction

_BATCH = 1_000

_EXPIRED = """SELECT field.id FROM found_field AS field
    WHERE coalesce(field.kept_until, field.expires_at) <= $1 LIMIT $2"""
_ERASED = """SELECT field.id FROM found_field AS field
    JOIN smart_subject AS subject ON subject.id = field.subject_id
    JOIN prospect ON prospect.id = subject.prospect_id
    WHERE prospect.erased_at <= $1 LIMIT $2"""
_PEOPLE = """DELETE FROM organisation_person USING lead JOIN prospect ON prospect.id = lead.prospect_id
    WHERE lead.id = organisation_person.lead_id AND prospect.erased_at <= $1"""
_NOBODY = """NOT EXISTS (
    SELECT FROM organisation_person WHERE organisation_person.organisation_id = organisation.id)"""
# Two statements: the second one sees people who joined while the first one waited for them.
_EMPTY = f"SELECT id FROM organisation WHERE {_NOBODY} ORDER BY id FOR UPDATE"
_ORGANISATIONS = f"DELETE FROM organisation WHERE id = ANY($1::uuid[]) AND {_NOBODY}"


async def forget_expired(now: datetime) -> int:
    """Delete values that have ended by now, and organisations without people; return how many values."""
    total = 0
    for wanted in (_EXPIRED, _ERASED):
        while True:
            async with transaction() as conn:
                found = await fetch(
                    conn, f"DELETE FROM found_field WHERE id IN ({wanted}) RETURNING id", now, _BATCH
                )
            total += len(found)
            if len(found) < _BATCH:
                break
    async with transaction() as conn:
        await fetch(conn, _PEOPLE, now)
        await fetch(conn, _ORGANISATIONS, [row["id"] for row in await fetch(conn, _EMPTY)])
    return total
