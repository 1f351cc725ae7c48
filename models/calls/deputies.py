"""Deputies: no circle of them, and how far a chain goes."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from models.base.database import Connection, fetch
from models.calls.person_name import PersonName
from models.calls.refusals import CallRefusal

_MOST_SHOWN = 8  # names of a circle in a message


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
    for circle in circles(deputies):
        begin = next((one for one in circle if one in changed), None)
        if begin is not None:
            raise CallRefusal.DEPUTIES_IN_A_CIRCLE.at(field, names=shown_circle(circle, begin, names))


def circles(deputies: Mapping[UUID, UUID | None]) -> Iterator[Sequence[UUID]]:
    """Yield each circle of deputies once, in order, in time proportional to the number of employees."""
    seen: dict[UUID, UUID] = {}  # by employee, where the walk that reached it began
    for begin in deputies:
        walked: list[UUID] = []
        at: UUID | None = begin
        while at is not None and at not in seen:
            seen[at] = begin
            walked.append(at)
            at = deputies.get(at)
        if at is not None and seen[at] == begin:
            yield walked[walked.index(at) :]


def shown_circle(circle: Sequence[UUID], begin: UUID, names: Mapping[UUID, str]) -> str:
    """Return the names of a circle, from one employee to itself; of a long circle, the first ones."""
    at = circle.index(begin)
    shown = [names.get(one, "?") for one in (*circle[at:], *circle[:at])]
    first = shown if len(shown) <= _MOST_SHOWN else [*shown[:_MOST_SHOWN], "…"]
    return " → ".join([*first, shown[0]])
