"""Deputies: no circle of them, and how far a chain goes."""

from collections.abc import Mapping
from uuid import UUID

from models.base.database import Connection, fetch
from models.calls.person_name import PersonName
from models.calls.refusals import CallRefusal


async def check_deputies(
    conn: Connection, secretariat_id: UUID, changed: Mapping[UUID, UUID | None], field: str = "deputyId"
) -> None:
    """Raise `Refusal` if new deputies, by employee, would close a circle, were removed, or are not the
    company's.

    The secretariat is locked, so that nobody else changes a deputy meanwhile.
    """
    if not any(changed.values()):
        return
    rows = await fetch(
        conn,
        """SELECT id, first_name, last_name, deputy_id, removed_at IS NOT NULL AS removed FROM employee
           WHERE secretariat_id = $1 AND (removed_at IS NULL OR id = ANY($2::uuid[]))""",
        secretariat_id,
        [deputy for deputy in changed.values() if deputy is not None],
    )
    names = {row["id"]: PersonName(row["first_name"], row["last_name"]).shown for row in rows}
    deputies = {row["id"]: row["deputy_id"] for row in rows} | dict(changed)
    if any(deputy is not None and deputy not in names for deputy in changed.values()):
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at(field)
    for row in rows:
        if row["removed"]:
            raise CallRefusal.DEPUTY_REMOVED.at(field, name=names[row["id"]])
    for employee_id in changed:
        circle = _circle(employee_id, deputies)
        if circle:
            shown = " → ".join(names.get(one, "?") for one in circle)
            raise CallRefusal.DEPUTIES_IN_A_CIRCLE.at(field, names=shown)


def _circle(begin: UUID, deputies: Mapping[UUID, UUID | None]) -> list[UUID]:
    """Return the employees of the circle that begins with one, the first also last; empty without one."""
    walked = [begin]
    following = deputies.get(begin)
    while following is not None and following not in walked:
        walked.append(following)
        following = deputies.get(following)
    return [*walked, begin] if following == begin else []
