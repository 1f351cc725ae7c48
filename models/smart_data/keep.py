"""Keeping of found values beyond their expiry: an act of the account, which is their controller."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import fetch, transaction
from models.base.rights import acting_vendor
from models.base.viewer import Viewer
from models.smart_data.context import SmartDataContext
from models.smart_data.list import fields_with_state
from models.smart_data.refusals import SmartDataRefusal


async def keep_fields(
    viewer: Viewer, context: SmartDataContext, field_ids: Sequence[UUID], until: datetime
) -> None:
    """Keep values until a time instead of their expiry, which may also be earlier. Idempotent.

    Raises `Refusal`: NOT_FOUND if the account does not see one of them, INVALID for a time that has passed
    or is later than the policy allows, counted from when a value was found.
    """
    acting_vendor(viewer, "keep found values")
    async with transaction() as conn:
        found = await fields_with_state(conn, context, viewer, field_ids)
        now = await database_now(conn)
        for place, field_id in enumerate(field_ids):
            if field_id not in found:
                raise SmartDataRefusal.FOUND_FIELD_NOT_FOUND.at("fieldIds", str(place))
        latest = min(
            (
                field.found_at + timedelta(seconds=state.policy.smart_data.keep_at_most)
                for field, state in found.values()
            ),
            default=now,
        )
        if found and not now < until <= latest:
            raise SmartDataRefusal.KEPT_TOO_LONG.at("until", latest=latest)
        kept = await fetch(
            conn,
            """WITH locked AS (SELECT id FROM found_field WHERE id = ANY($1::uuid[]) ORDER BY id
                               FOR NO KEY UPDATE)
               UPDATE found_field SET kept_until = $2, kept_by_id = $3 FROM locked
               WHERE found_field.id = locked.id RETURNING found_field.id""",
            list(found),
            until,
            viewer.user_id,
        )
        there = {row["id"] for row in kept}
        for place, field_id in enumerate(field_ids):
            if field_id not in there:  # a search has just replaced it
                raise SmartDataRefusal.FOUND_FIELD_NOT_FOUND.at("fieldIds", str(place))
