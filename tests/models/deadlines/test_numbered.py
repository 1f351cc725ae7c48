"""Deadlines of a kind of which a case has any number: told apart by ordinal, and not other subjects'."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from models.applications.answer import accept
from models.applications.list import deadlines_of
from models.base.database import Connection, connection, transaction
from models.deadlines.registry import SUBJECTS, Subject, timed_numbered
from models.deadlines.settle import pending_deadlines, start
from models.deadlines.sweep import sweep
from models.feed.journal import DeadlineRow, Journal
from models.process.wake import Silence
from tests.models.deadlines.test_registry import PRODUCTION
from tests.support.database import Database
from tests.support.marketplace import HOUR, SECOND, START, Marketplace, apply
from tests.support.reading import outcomes, rows_of

KIND = "NUMBERED"


@dataclass(frozen=True, slots=True)
class Talk:
    """A case beside the application, with its id."""

    id: UUID


async def _lock(_: Connection, ids: Collection[UUID]) -> Sequence[Talk]:
    return [Talk(one) for one in sorted(ids)]


async def _save(_: Connection, __: Collection[Talk]) -> None:
    return


TALK: Subject[Talk] = Subject("application", "id", _lock, _save, lambda _: None)
carried_out: list[tuple[UUID, int, datetime]] = []


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    @timed_numbered(KIND, TALK, description="Somebody is told again.")
    def tell(talk: Talk, ordinal: int, due_at: datetime, _: Journal) -> str:
        carried_out.append((talk.id, ordinal, due_at))
        return "told"

    carried_out.clear()
    yield
    del TALK.kinds[KIND]
    SUBJECTS[:] = [about for about in SUBJECTS if about is not TALK]


async def _write(case_id: UUID, *numbered: tuple[int, datetime]) -> None:
    async with transaction() as conn:
        journal = Journal(START)
        journal.deadlines += [DeadlineRow(KIND, case_id, at, ordinal) for ordinal, at in numbered]
        await journal.write(conn)


async def test_each_deadline_is_carried_out_with_its_ordinal(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    first, second = START + HOUR, START + HOUR + SECOND
    await _write(made, (8, second), (3, first), (11, second + SECOND))
    await database.clock.set(second)
    done = (await sweep(Silence())).deadlines
    assert [(one.kind, one.outcome) for one in done] == [(KIND, "told")] * 2
    assert carried_out == [(made, 3, first), (made, 8, second)]
    ended = [(one["ordinal"], one["outcome"]) for one in await rows_of("deadline", kind=KIND)]
    assert sorted(ended) == [(3, "told"), (8, "told"), (11, None)]


async def test_subjects_of_one_table_see_their_own_deadlines_only(
    place: Marketplace, database: Database
) -> None:
    """An answer withdraws the deadlines of the application, not those of the other subject."""
    made = await apply(place.vendor, place.lead)
    await _write(made, (5, START + 2 * HOUR))
    await database.clock.set(START + HOUR)
    await accept(place.prospect.viewer, Silence(), made)
    assert await outcomes(made) == {"REVEAL": "answered", "REVIEW_REMINDER": "answered", KIND: None}
    async with transaction() as conn:
        pending = await pending_deadlines(conn, TALK, [made])
    assert [(one.kind, one.ordinal) for one in pending[made]] == [(KIND, 5)]
    assert start(TALK, made, PRODUCTION, START) == []
    listed = await deadlines_of(connection(), [made])
    assert [one.kind for one in listed[made]] == ["REVIEW_REMINDER", "REVEAL"]


@pytest.mark.parametrize(("kind", "description"), [(KIND, "Twice."), ("OTHER_KIND", ""), ("small", "Name.")])
def test_an_incomplete_or_repeated_kind_is_refused(kind: str, description: str) -> None:
    with pytest.raises(ValueError, match=kind):
        timed_numbered(kind, TALK, description=description)
