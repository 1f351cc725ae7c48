"""Carries out trials, batch by batch: each batch is a transaction that stores how far the trial has come.

So a trial goes on where it was, whichever worker was killed. The two oldest unfinished trials run, each in
one worker at a time.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.base.unavailable import Unavailable
from models.policies.decision_list import OVERRIDE
from models.policies.trial.decider import TrialDecider
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
_DECIDED = "decision.ruleset, decision.subject, decision.verdict, decision.facts"
_NEXT = f"""SELECT decision.id, decision.decided_at, {_DECIDED} FROM decision
    WHERE {_OF_TRIAL} AND ($6::timestamptz IS NULL OR (decision.decided_at, decision.id) > ($6, $7::uuid))
    ORDER BY decision.decided_at, decision.id LIMIT $8"""
# $9 were seen before, $10 is the sample and $11 the total: with every row, the sample grows by its share.
_NEXT_SAMPLED = f"""WITH page AS MATERIALIZED (
        SELECT decision.id, decision.decided_at,
               $9 - 1 + row_number() OVER (ORDER BY decision.decided_at, decision.id) AS place
        FROM decision WHERE {_OF_TRIAL}
          AND ($6::timestamptz IS NULL OR (decision.decided_at, decision.id) > ($6, $7::uuid))
        ORDER BY decision.decided_at, decision.id LIMIT $8)
    SELECT page.id, page.decided_at, {_DECIDED}
    FROM page LEFT JOIN decision ON decision.id = page.id
        AND (page.place + 1) * $10::bigint / $11::bigint > page.place * $10::bigint / $11::bigint
    ORDER BY page.place"""


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
        self._ahead: tuple[tuple[UUID, UUID | None], asyncio.Task[list[Record]]] | None = None

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
        if not page:
            await fetch(
                conn, "UPDATE policy_trial SET done_at = leadgate_clock() WHERE id = $1", trial.row["id"]
            )
            await self.close()
            return
        trial.seen += len(page)
        trial.at, trial.last = page[-1]["decided_at"], page[-1]["id"]
        self._read_ahead(trial)
        rows = [row for row in page if row["ruleset"] is not None]  # a sample leaves others out
        decider = await self._process(trial)
        answer = await decider.decide([(row["ruleset"], row["verdict"], row["facts"]) for row in rows])
        trial.progress += len(rows)
        for name, number in answer.decided.items():
            trial.lines.setdefault(name, _Line()).decided += number
        differing = [(rows[place], verdict) for place, verdict in answer.differing]
        await _note_differences(conn, trial, differing)
        await _keep_examples(conn, decider, trial, [row for row, _ in differing])
        await _store(conn, trial)

    async def _page(self, trial: _Running) -> Sequence[Record]:
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


async def _read_page(trial: _Running, size: int) -> list[Record]:
    """Read the decisions after the position; the log only grows, so this needs no lock."""
    given = (*_of_trial(trial.row), trial.at, trial.last, size)
    sample = trial.row["sample"]
    if sample is None or sample >= trial.total:
        return await fetch(connection(), _NEXT, *given)
    return await fetch(connection(), _NEXT_SAMPLED, *given, trial.seen, sample, trial.total)


async def _note_differences(
    conn: Connection, trial: _Running, differing: Sequence[tuple[Record, str]]
) -> None:
    for name, number in Counter(row["ruleset"] for row, _ in differing).items():
        trial.lines[name].differing += number
    for ruleset in PRICED & {row["ruleset"] for row, _ in differing}:
        own = [(row, verdict) for row, verdict in differing if row["ruleset"] == ruleset]
        points = await prices(conn, ruleset, {row["subject"] for row, _ in own})
        trial.lines[ruleset].points += sum(
            earned_more(ruleset, row["verdict"], verdict, points.get(row["subject"], 0))
            for row, verdict in own
        )


async def _keep_examples(
    conn: Connection, decider: TrialDecider, trial: _Running, differing: Sequence[Record]
) -> None:
    kept = differing[: MOST_EXAMPLES - trial.examples]
    if not kept:
        return
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
