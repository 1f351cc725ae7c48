"""Registry of timed transitions: for each kind of deadline, when it starts, what it does, and what it applies
to.

A domain declares what its deadlines are about as a `Subject` and registers each kind with `@timed`.
`models.tables`, which Tortoise loads, imports the domains, so the registry is complete wherever the database
is open.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from models.base.database import Connection
from models.feed.journal import Journal
from models.process.wake import Wake
from rules import Policy

_KIND = re.compile(r"[A-Z][A-Z_]{0,29}")


class Case(Protocol):
    """A working copy of what deadlines are about; its id is the deadlines' subject."""

    @property
    def id(self) -> UUID:
        """The subject of its deadlines."""


C = TypeVar("C", bound=Case)

Starts = Callable[[Policy, datetime], Sequence[datetime | None]]
Effect = Callable[[C, datetime, Journal], str]
NumberedEffect = Callable[[C, int, datetime, Journal], str]


# A sweep makes thousands of these a second; frozen ones take twice as long to make.
@dataclass(slots=True)
class PendingDeadline:
    """A pending deadline of a case."""

    id: UUID
    kind: str
    ordinal: int
    due_at: datetime


@dataclass(slots=True)
class Done:
    """A deadline that was carried out, and how it ended."""

    id: UUID
    subject: UUID
    kind: str
    due_at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Timed(Generic[C]):
    """One kind of deadline; see `timed` for its parts. The effect also gets the deadline's ordinal.

    `numbered`: a case has any number of them, see `timed_numbered`.
    """

    kind: str
    description: str
    starts: Starts
    effect: NumberedEffect[C]
    message: Callable[[UUID], str] | None
    numbered: bool = False


async def _nothing(_: Wake, __: Sequence[Done]) -> None:
    return


async def _nothing_more(_: Connection, __: Sequence[Case], ___: Journal) -> None:
    return


@dataclass(frozen=True, slots=True)
class Subject(Generic[C]):
    """What deadlines are about: a row that is locked before its deadlines, and changed as a working copy.

    Two subjects may share a table; each has its own kinds, and sees only their deadlines.
    `key` is the column of `table` that deadlines refer to. `lock` locks rows by it and returns working
    copies, and `read` those of rows that the sweep has just locked; without it they are locked again. `save`
    writes back those that have changed. `moot` is the outcome of pending deadlines when the
    case is settled in another way. `finish` is called with the cases whose deadlines were carried out, before
    they are saved: it may read what the effects need for all of them, and add to the journal. `after` is
    called after each sweep, outside its transaction, with what was carried out. `pending` returns the pending
    deadlines of a case, earliest first, if `lock` locks and reads them too; without it they are read.
    """

    table: str
    key: str
    lock: Callable[[Connection, Collection[UUID]], Awaitable[Sequence[C]]]
    save: Callable[[Connection, Collection[C]], Awaitable[None]]
    moot: Callable[[C], str | None]
    after: Callable[[Wake, Sequence[Done]], Awaitable[None]] = _nothing
    finish: Callable[[Connection, Sequence[C], Journal], Awaitable[None]] = _nothing_more
    pending: Callable[[C], list[PendingDeadline]] | None = None
    read: Callable[[Connection, Collection[UUID]], Awaitable[Sequence[C]]] | None = None
    kinds: dict[str, Timed[C]] = field(default_factory=dict)


async def nothing_to_save(_: Connection, __: Collection[Case]) -> None:
    """Save nothing: for a `Subject` whose effects change no row of it."""


SUBJECTS: list[Subject[Any]] = []  # each of a different type, in the order of sweeping


def timed(
    kind: str,
    about: Subject[C],
    *,
    description: str,
    starts: Starts,
    message: Callable[[UUID], str] | None = None,
) -> Callable[[Effect[C]], Effect[C]]:
    """Register the decorated effect for deadlines of this kind.

    The effect gets the locked case and the due time, and decides as of that time, never by the clock; it
    returns the outcome. `starts` says when deadlines of the kind are due on a case that begins under a policy
    at an instant (None: the rules give no time, which is an error). `message` is the idempotency key of the
    effect's message, if an answer withdraws that message while it is unsent.
    """
    _check(kind, description)

    def register(effect: Effect[C]) -> Effect[C]:
        def unnumbered(case: C, _: int, due_at: datetime, journal: Journal) -> str:
            return effect(case, due_at, journal)

        _add(about, Timed(kind, description, starts, unnumbered, message))
        return effect

    return register


def timed_numbered(
    kind: str, about: Subject[C], *, description: str
) -> Callable[[NumberedEffect[C]], NumberedEffect[C]]:
    """Register the decorated effect for deadlines of this kind, of which a case has any number over time.

    They are told apart by their ordinal, which the effect gets. None starts with the case: the actions that
    cause them write them. They are not among the deadlines of the case in the API.
    """
    _check(kind, description)

    def register(effect: NumberedEffect[C]) -> NumberedEffect[C]:
        _add(about, Timed(kind, description, _none_at_the_start, effect, None, numbered=True))
        return effect

    return register


def _none_at_the_start(_: Policy, __: datetime) -> Sequence[datetime | None]:
    return ()


def _check(kind: str, description: str) -> None:
    if not _KIND.fullmatch(kind):
        raise ValueError(
            f"{kind!r}: the name of a kind of deadline has up to 30 capital letters and underscores"
        )
    if not description:
        raise ValueError(f"{kind}: describe what becomes due; the API shows it")
    if kind in descriptions():
        raise ValueError(f"{kind}: this kind of deadline is already registered")


def _add(about: Subject[C], one: Timed[C]) -> None:
    about.kinds[one.kind] = one
    if not any(subject is about for subject in SUBJECTS):
        SUBJECTS.append(about)


def quoted(kinds: Collection[str]) -> str:
    """Return kinds as an SQL list of literals, so that the planner can choose an index by them."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def descriptions() -> Mapping[str, str]:
    """Return all kinds of deadlines with their descriptions."""
    return {one.kind: one.description for subject in SUBJECTS for one in subject.kinds.values()}


def numbered_kinds() -> Collection[str]:
    """Return the kinds of which a case has any number."""
    return [one.kind for subject in SUBJECTS for one in subject.kinds.values() if one.numbered]
