"""Carries out trials, batch by batch: each batch is a transaction that stores how far the trial has come.

So a trial goes on where it was, whichever worker was killed. The two oldest unfinished trials run, each in
one worker at a time.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.unavailable import Unavailable
from models.policies.decision_list import OVERRIDE
from models.policies.trial.decider import Differing, TrialDecider
from models.policies.trial.points import PRICED, earned_more, prices

BATCH = 5_000
AT_ONCE = 2
MOST_EXAMPLES = 1_000
MOST_FAILURES = 5  # then it is given up, with what was decided until then
BY_PEOPLE = (OVERRIDE, "operator_decided")  # what a person decided is not decided anew
COUNT_LIMIT = "15min"

_CLAIM = f"""SELECT trial.*, market.code FROM policy_trial AS trial JOIN market ON market.id = trial.market_id
    WHERE trial.id IN (SELECT id FROM policy_trial WHERE done_at IS NULL ORDER BY id LIMIT {AT_ONCE})
    ORDER BY trial.id LIMIT 1 FOR NO KEY UPDATE OF trial SKIP LOCKED"""
# The market's decisions of the period, without those that are recorded later than the trial was asked for.
_OF_TRIAL = """decision.policy_version = ANY(SELECT version FROM policy WHERE market_id = $1)
    AND decision.decided_at >= $2 AND decision.decided_at < $3 AND decision.recorded_at <= $4
    AND decision.rule_id <> ALL($5::text[])"""
_COUNT = f"SELECT count(*) AS n FROM decision WHERE {_OF_TRIAL}"
_AFTER = "($6::timestamptz IS NULL OR (decision.decided_at, decision.id) > ($6, $7::uuid))"
_IN_ORDER = "ORDER BY decision.decided_at, decision.id"
# A page comes as one text, which the process parses at once, and its ids as bytes: making 5,000 rows of six
# values takes longer than deciding them. What a sample leaves out is in `seen` and nowhere else.
_JOINED = """SELECT count(*) AS seen, count(page.ruleset) AS drawn,
        string_agg(jsonb_build_array(page.ruleset, page.verdict, page.facts)::text, ',' ORDER BY page.place)
            FILTER (WHERE page.ruleset IS NOT NULL) AS body,
        string_agg(uuid_send(page.id), ''::bytea ORDER BY page.place)
            FILTER (WHERE page.ruleset IS NOT NULL) AS ids,
        (array_agg(page.decided_at ORDER BY page.place))[count(*)] AS at,
        (array_agg(page.id ORDER BY page.place))[count(*)] AS last
    FROM page"""
_NEXT = f"""WITH page AS MATERIALIZED (
        SELECT decision.id, decision.decided_at, decision.ruleset, decision.verdict, decision.facts,
               row_number() OVER ({_IN_ORDER}) AS place
        FROM decision WHERE {_OF_TRIAL} AND {_AFTER} {_IN_ORDER} LIMIT $8)
    {_JOINED}"""
# $9 were seen before, $10 is the sample and $11 the total: with every row, the sample grows by its share.
_NEXT_SAMPLED = f"""WITH part AS MATERIALIZED (
        SELECT decision.id, decision.decided_at, $9 - 1 + row_number() OVER ({_IN_ORDER}) AS place
        FROM decision WHERE {_OF_TRIAL} AND {_AFTER} {_IN_ORDER} LIMIT $8),
    page AS (
        SELECT part.id, part.decided_at, part.place, decision.ruleset, decision.verdict, decision.facts
        FROM part LEFT JOIN decision ON decision.id = part.id
            AND (part.place + 1) * $10::bigint / $11::bigint > part.place * $10::bigint / $11::bigint)
    {_JOINED}"""


@dataclass(frozen=True, slots=True)
class _Page:
    """Decisions of the log, as far as they are drawn: as JSON for the process, and ids by their places."""

    seen: int
    drawn: int
    body: str
    ids: bytes
    at: datetime | None
    last: UUID | None

    def id_at(self, place: int) -> UUID:
        """Return the id of a drawn decision."""
        return UUID(bytes=self.ids[16 * place : 16 * place + 16])


@dataclass(slots=True)
class _Line:
    decided: int = 0
    differing: int = 0
    points: int = 0


@dataclass(slots=True)
class _Running:
    """A claimed trial, as far as it has come."""

    row: Record
    total: int
    seen: int
    progress: int
    at: datetime | None
    last: UUID | None
    examples: int
    lines: dict[str, _Line] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Record) -> "_Running":
        stored = orjson.loads(row["lines"])
        return cls(
            row,
            row["total"],
            row["seen"],
            row["progress"],
            row["position_at"],
            row["position_id"],
            row["examples"],
            {name: _Line(*values) for name, values in stored.items()},
        )

    @property
    def place(self) -> tuple[UUID, UUID | None]:
        """What identifies the next batch."""
        return self.row["id"], self.last


class TrialRunner:
    """Runs trials of one worker, one at a time; the next batch is read while this one is decided."""

    def __init__(self, batch: int = BATCH) -> None:
        """Take the number of decisions in a batch."""
        self._batch = batch
        self._decider: tuple[UUID, TrialDecider] | None = None
        self._ahead: tuple[tuple[UUID, UUID | None], asyncio.Task[_Page]] | None = None

    async def carry_on(self) -> bool:
        """Carry out one batch of the oldest trial that no other worker has; return whether there was one."""
        trial_id: UUID | None = None
        try:
            async with transaction() as conn:
                row = await fetch_one(conn, _CLAIM)
                if row is None:
                    await self.close()
                    return False
                trial_id = row["id"]
                if row["total"] is None:
                    await _count(conn, row)
                else:
                    await self._carry_on(conn, _Running.of(row))
        except Unavailable:  # the trial stays where it is
            await self.close()
            raise
        except Exception:
            await self.close()
            if trial_id is not None:
                await _note_failure(trial_id)
            raise
        return True

    async def close(self) -> None:
        """End what is under way; nothing of it is stored."""
        if self._ahead is not None:
            self._ahead[1].cancel()
            await asyncio.gather(self._ahead[1], return_exceptions=True)
            self._ahead = None
        if self._decider is not None:
            await self._decider[1].close()
            self._decider = None

    async def _carry_on(self, conn: Connection, trial: _Running) -> None:
        page = await self._page(trial)
        if not page.seen:
            await fetch(
                conn, "UPDATE policy_trial SET done_at = leadgate_clock() WHERE id = $1", trial.row["id"]
            )
            await self.close()
            return
        trial.seen += page.seen
        trial.at, trial.last = page.at, page.last
        self._read_ahead(trial)
        decider = await self._process(trial)
        answer = await decider.decide(page.body)
        trial.progress += page.drawn
        for name, number in answer.decided.items():
            trial.lines.setdefault(name, _Line()).decided += number
        await _note_differences(conn, trial, page, answer.differing)
        await _keep_examples(conn, decider, trial, page, answer.differing)
        await _store(conn, trial)

    async def _page(self, trial: _Running) -> _Page:
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == trial.place:
            return await ahead[1]
        if ahead is not None:
            ahead[1].cancel()
        return await _read_page(trial, self._batch)

    def _read_ahead(self, trial: _Running) -> None:
        self._ahead = trial.place, asyncio.create_task(_read_page(trial, self._batch))

    async def _process(self, trial: _Running) -> TrialDecider:
        trial_id: UUID = trial.row["id"]
        if self._decider is not None and self._decider[0] != trial_id:
            await self._decider[1].close()
            self._decider = None
        if self._decider is None:
            parameters = orjson.loads(trial.row["parameters"])
            self._decider = trial_id, await TrialDecider.begin(trial.row["code"], parameters)
        return self._decider[1]


def _of_trial(row: Record) -> tuple[object, ...]:
    return row["market_id"], row["since"], row["until"], row["asked_at"], list(BY_PEOPLE)


async def _count(conn: Connection, row: Record) -> None:
    await fetch(conn, f"SET LOCAL statement_timeout = '{COUNT_LIMIT}'")
    total = (await fetch(conn, _COUNT, *_of_trial(row)))[0]["n"]
    await fetch(conn, "UPDATE policy_trial SET total = $2 WHERE id = $1", row["id"], total)


async def _read_page(trial: _Running, size: int) -> _Page:
    """Read the decisions after the position; the log only grows, so this needs no lock."""
    given = (*_of_trial(trial.row), trial.at, trial.last, size)
    sample = trial.row["sample"]
    if sample is None or sample >= trial.total:
        rows = await fetch(connection(), _NEXT, *given)
    else:
        rows = await fetch(connection(), _NEXT_SAMPLED, *given, trial.seen, sample, trial.total)
    row = rows[0]
    return _Page(row["seen"], row["drawn"], row["body"] or "", row["ids"] or b"", row["at"], row["last"])


async def _note_differences(conn: Connection, trial: _Running, page: _Page, differing: Differing) -> None:
    for ruleset, found in differing.items():
        trial.lines[ruleset].differing += sum(len(places) for places in found.values())
        if ruleset not in PRICED:
            continue
        after = {page.id_at(place): verdict for verdict, places in found.items() for place in places}
        rows = await fetch(
            conn, "SELECT id, subject, verdict FROM decision WHERE id = ANY($1::uuid[])", list(after)
        )
        points = await prices(conn, ruleset, {row["subject"] for row in rows})
        trial.lines[ruleset].points += sum(
            earned_more(ruleset, row["verdict"], after[row["id"]], points.get(row["subject"], 0))
            for row in rows
        )


async def _keep_examples(
    conn: Connection, decider: TrialDecider, trial: _Running, page: _Page, differing: Differing
) -> None:
    room = MOST_EXAMPLES - trial.examples
    if not room or not differing:
        return
    every = (place for found in differing.values() for places in found.values() for place in places)
    earliest = sorted(every)[:room]
    kept = await fetch(
        conn,
        """SELECT decision.id, ruleset, facts, decided_at
           FROM unnest($1::uuid[]) WITH ORDINALITY AS kept (id, place) JOIN decision USING (id)
           ORDER BY kept.place""",
        [page.id_at(place) for place in earliest],
    )
    explained = await decider.explain([(row["ruleset"], row["facts"], row["decided_at"]) for row in kept])
    found = [
        (row["id"], orjson.dumps(then).decode())
        for row, then in zip(kept, explained, strict=True)
        if then is not None
    ]
    await fetch(
        conn,
        """INSERT INTO policy_trial_example (id, trial_id, ordinal, decision_id, decided)
           SELECT id, $1, $2 + place, decision_id, decided::jsonb
           FROM unnest($3::uuid[], $4::uuid[], $5::text[]) WITH ORDINALITY
               AS example (id, decision_id, decided, place)""",
        trial.row["id"],
        trial.examples,
        [new_id() for _ in found],
        [decision_id for decision_id, _ in found],
        [decided for _, decided in found],
    )
    trial.examples += len(found)


async def _store(conn: Connection, trial: _Running) -> None:
    lines: Mapping[str, object] = {
        name: (line.decided, line.differing, line.points) for name, line in trial.lines.items()
    }
    await fetch(
        conn,
        """UPDATE policy_trial SET seen = $2, progress = $3, position_at = $4, position_id = $5,
               examples = $6, lines = $7::jsonb, failures = 0 WHERE id = $1""",
        trial.row["id"],
        trial.seen,
        trial.progress,
        trial.at,
        trial.last,
        trial.examples,
        orjson.dumps(lines).decode(),
    )


async def _note_failure(trial_id: UUID) -> None:
    await fetch(
        connection(),
        """UPDATE policy_trial SET failures = failures + 1,
               done_at = CASE WHEN failures + 1 >= $2 THEN leadgate_clock() END
           WHERE id = $1 AND done_at IS NULL""",
        trial_id,
        MOST_FAILURES,
    )
