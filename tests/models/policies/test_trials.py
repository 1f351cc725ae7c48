"""Trials: recorded facts are decided anew, exactly once each, whoever is killed; nothing else changes."""

import asyncio
import os
import random
import signal
from collections import Counter
from datetime import timedelta
from uuid import UUID

import orjson
import pytest

from jobs.trials import TrialRounds
from models.applications.answer import decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.refusal import Refusal, Refusals
from models.deadlines.sweep import sweep
from models.feed.wording.decisions import decision_facts, trace_sentence
from models.policies.trial import run
from models.policies.trial.list import TrialView, list_examples, trials_by_id
from models.policies.trial.run import TrialRunner
from models.policies.trial.start import MOST_UNFINISHED, TrialRequest, start_trial
from models.process.separate import SeparateFailed
from models.process.wake import Silence
from rules import Policy, decide, production_parameters, visibility
from rules.engine.given import read_given
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import HOUR, START, Marketplace, apply, make_marketplace

DAY = timedelta(days=1)
RECORDS = 500


def _parameters(hours: int, *, late_declines: bool = True) -> dict[str, dict[str, object]]:
    parameters: dict[str, dict[str, object]] = {k: dict(v) for k, v in production_parameters().items()}
    parameters["reveal"]["reveal_after"] = hours * 3_600
    parameters["refund"]["late_declines"] = late_declines
    return parameters


async def _fill(place: Marketplace, records: int = RECORDS) -> None:
    """Record decisions about the visibility of one application after up to 100 hours."""
    application = await apply(place.vendor, place.lead)
    policy = Policy.from_parameters(
        version=place.market.policy_version,
        market=place.market.code,
        effective_from=START,
        parameters=production_parameters(),
    )
    chance, rows = random.Random(5), []
    for number in range(records):
        waited, at = chance.randrange(100 * 3_600), START - DAY + number * timedelta(minutes=1)
        facts = {
            "viewer": "VENDOR",
            "basis": "APPLICATION",
            "response": "NONE",
            "waited_seconds": waited,
            "responded_after": 0,
            "closed": "NO",
        }
        decision = decide(visibility, policy, read_given(visibility, {}, facts, at), at)
        rows.append(("visibility", decision, at))
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
               recorded_at)
           SELECT id, ruleset, $7, verdict, rule_id, $8, facts::jsonb, at, at
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
               AS made (id, ruleset, verdict, rule_id, facts, at)""",
        [new_id() for _ in rows],
        [name for name, _, _ in rows],
        [str(decision.verdict) for _, decision, _ in rows],
        [decision.rule_id for _, decision, _ in rows],
        [orjson.dumps(dict(decision.facts)).decode() for _, decision, _ in rows],
        [at for _, _, at in rows],
        application,
        place.market.policy_version,
    )


@pytest.fixture
async def place(database: Database) -> Marketplace:
    """A marketplace with a log."""
    await database.clock.set(START)
    made = await make_marketplace()
    await _fill(made)
    return made


async def _start(place: Marketplace, hours: int = 36, sample: int | None = None, key: str = "one") -> UUID:
    request = TrialRequest(place.market.code, _parameters(hours), START - 2 * DAY, START + DAY, sample, key)
    return await start_trial(connection(), place.operator, request)


async def _trial(place: Marketplace, trial_id: UUID) -> TrialView:
    return (await trials_by_id(connection(), place.operator, [trial_id]))[trial_id]


async def _finish(runner: TrialRunner) -> None:
    while await runner.carry_on():
        pass
    await runner.close()


async def _expected(hours: int) -> set[UUID]:
    """The decisions that change: those of a time between the two limits."""
    rows = await fetch(
        connection(),
        """SELECT id FROM decision WHERE ruleset = 'visibility' AND facts->>'response' = 'NONE'
           AND (facts->>'waited_seconds')::int
               BETWEEN least($1::int, 48) * 3600 AND greatest($1, 48) * 3600 - 1""",
        hours,
    )
    return {row["id"] for row in rows}


@pytest.mark.parametrize("hours", [36, 60])
async def test_a_trial_finds_exactly_the_decisions_that_change(place: Marketplace, hours: int) -> None:
    trial_id = await _start(place, hours)
    await _finish(TrialRunner(batch=70))
    trial = await _trial(place, trial_id)
    expected = await _expected(hours)
    assert trial.done_at is not None
    assert trial.progress == trial.total == RECORDS
    assert trial.differing == len(expected) > 10
    page = await list_examples(connection(), trial, Slice(100))
    assert {one.record.id for one in page.items} <= expected
    for one in page.items:
        assert (one.record.verdict, one.then.verdict) == (
            ("HIDDEN", "VISIBLE") if hours < 48 else ("VISIBLE", "HIDDEN")
        )
        assert one.then.others
        for other in one.then.others:  # also as trees, so that they can be worded
            assert tuple(map(str, other.unmet)) == other.failed
        assert "Betrachter: Anbieter" in decision_facts(one.then, "de", "UTC")
        others = {other.rule_id: trace_sentence(other, "de") for other in one.then.others}
        said = f"Der Interessent hat {hours}\u00a0Stunden Zeit zu antworten."
        assert others.get("still_waiting") == (said if hours < 48 else None)  # the draft's hours


async def test_a_draft_that_changes_nothing_differs_in_nothing(place: Marketplace) -> None:
    trial_id = await _start(place, 48)
    await _finish(TrialRunner())
    trial = await _trial(place, trial_id)
    assert (trial.differing, trial.points_difference, trial.progress) == (0, 0, RECORDS)


async def test_a_refund_that_would_not_be_given_is_counted_in_points(database: Database) -> None:
    """A late decline of an application of 10 points; and not a decline in time."""
    await database.clock.set(START)
    place = await make_marketplace()
    application = await apply(place.vendor, place.lead)
    await database.clock.set(START + 60 * HOUR)
    while (await sweep(Silence(), 100)).more:
        pass
    await decline(place.prospect.viewer, Silence(), application)
    request = TrialRequest(
        place.market.code, _parameters(48, late_declines=False), START - DAY, START + 10 * DAY, None, "one"
    )
    trial_id = await start_trial(connection(), place.operator, request)
    await _finish(TrialRunner())
    trial = await _trial(place, trial_id)
    lines = {line.ruleset: line for line in trial.by_ruleset}
    assert (lines["refund"].differing, lines["refund"].points_difference) == (1, 10)
    assert trial.points_difference == 10


async def test_a_trial_that_was_killed_between_batches_goes_on_where_it_was(place: Marketplace) -> None:
    """The numbers are those of an undisturbed trial, in whatever batch a worker ended."""
    undisturbed = await _start(place, key="undisturbed")
    await _finish(TrialRunner())
    trial_id = await _start(place, key="killed")
    batches = 0
    while (await _trial(place, trial_id)).done_at is None:
        runner = TrialRunner(batch=90)
        await runner.carry_on()  # then this worker is gone
        await runner.close()
        batches += 1
    assert batches > RECORDS // 90
    one, other = await _trial(place, undisturbed), await _trial(place, trial_id)
    assert (one.progress, one.differing, one.by_ruleset) == (
        other.progress,
        other.differing,
        other.by_ruleset,
    )
    kept = "SELECT decision_id FROM policy_trial_example WHERE trial_id = $1 ORDER BY ordinal"
    assert await fetch(connection(), kept, trial_id) == await fetch(connection(), kept, undisturbed)


async def test_a_trial_whose_process_was_killed_does_the_batch_again(place: Marketplace) -> None:
    trial_id = await _start(place)
    runner = TrialRunner(batch=90)
    await runner.carry_on()
    await runner.carry_on()
    assert runner._decider is not None
    os.kill(runner._decider[1].pid, signal.SIGKILL)
    before = await _trial(place, trial_id)
    with pytest.raises(SeparateFailed):
        await runner.carry_on()
    assert (await _trial(place, trial_id)).progress == before.progress
    await _finish(runner)
    trial = await _trial(place, trial_id)
    assert (trial.progress, trial.differing) == (RECORDS, len(await _expected(36)))


async def test_a_trial_that_fails_again_and_again_is_given_up(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial_id = await _start(place)
    runner = TrialRunner()
    await runner.carry_on()

    async def broken(*_: object) -> None:
        raise SeparateFailed("broken")

    monkeypatch.setattr(run, "_store", broken)
    for _ in range(run.MOST_FAILURES):
        with pytest.raises(SeparateFailed):
            await runner.carry_on()
    assert not await runner.carry_on()
    trial = await _trial(place, trial_id)
    assert trial.done_at is not None
    assert trial.progress < trial.total


async def test_two_trials_run_at_once_and_a_third_waits(place: Marketplace) -> None:
    """Three workers: each of the two oldest trials is in the hands of one."""
    ids = [await _start(place, key=str(number)) for number in range(3)]
    runners = [TrialRunner(batch=100) for _ in range(3)]
    try:
        for _ in range(4):
            await asyncio.gather(*(runner.carry_on() for runner in runners))
        third = await _trial(place, ids[2])
        assert (third.total, third.progress) == (0, 0)
        assert any([(await _trial(place, one)).progress for one in ids[:2]])
        while any([(await _trial(place, one)).done_at is None for one in ids]):
            await asyncio.gather(*(runner.carry_on() for runner in runners))
    finally:
        for runner in runners:
            await runner.close()
    differing = {(await _trial(place, one)).differing for one in ids}
    assert differing == {len(await _expected(36))}


@pytest.mark.parametrize("sample", [1, 7, 123, RECORDS, 10 * RECORDS])
async def test_a_sample_has_exactly_its_size_and_is_evenly_drawn(
    place: Marketplace, sample: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tenth of the log has its share, whatever the batches."""
    drawn: list[UUID] = []
    read = run._read_page

    async def noted(trial: run._Running, size: int) -> run._Page:
        page = await read(trial, size)
        if (trial.row["id"], trial.seen) not in seen:
            seen.add((trial.row["id"], trial.seen))
            drawn.extend(page.id_at(place) for place in range(page.drawn))
        return page

    seen: set[tuple[UUID, int]] = set()
    monkeypatch.setattr(run, "_read_page", noted)
    trial_id = await _start(place, sample=sample)
    await _finish(TrialRunner(batch=37))
    trial = await _trial(place, trial_id)
    wanted = min(sample, RECORDS)
    assert trial.progress == trial.total == len(set(drawn)) == len(drawn) == wanted
    rows = await fetch(
        connection(), "SELECT id FROM decision WHERE ruleset = 'visibility' ORDER BY decided_at, id"
    )
    places = {row["id"]: number for number, row in enumerate(rows)}
    tenths = Counter(places[one] * 10 // RECORDS for one in drawn)
    assert all(abs(tenths[tenth] - wanted / 10) <= 1 for tenth in range(10))


async def test_a_trial_changes_nothing_but_itself(place: Marketplace) -> None:
    before = await snapshot(connection())
    await _start(place)
    await _finish(TrialRunner())
    after = await snapshot(connection())
    assert {name for name in after if after[name] != before.get(name)} <= {
        "policy_trial",
        "policy_trial_example",
        "idempotency",
    }


async def test_what_people_decided_and_facts_of_other_rules_are_not_decided_anew(place: Marketplace) -> None:
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
               recorded_at)
           SELECT gen_random_uuid(), made.ruleset, gen_random_uuid(), 'ACCEPTED', made.rule, $1, '{"x": 1}',
               $2, $2
           FROM (VALUES ('complaint', 'operator_overrode'), ('complaint', 'old_rule'), ('gone', 'rule'))
               AS made (ruleset, rule)""",
        place.market.policy_version,
        START - HOUR,
    )
    trial_id = await _start(place)
    await _finish(TrialRunner())
    trial = await _trial(place, trial_id)
    assert {line.ruleset: line.decided for line in trial.by_ruleset} == {"visibility": RECORDS}
    assert trial.progress == RECORDS + 2


async def test_a_trial_beside_a_sweep_changes_none_of_its_outcomes(
    database: Database, place: Marketplace
) -> None:
    """What is recorded after the trial was asked for is not part of it."""
    await database.clock.set(START + 49 * HOUR)
    trial_id = await _start(place)
    runner = TrialRunner(batch=20)
    swept, _ = await asyncio.gather(sweep(Silence(), 100), _finish(runner))
    assert [one.outcome for one in swept.deadlines if one.kind == "REVEAL"]
    revealed = await fetch(connection(), "SELECT FROM application WHERE revealed_at IS NOT NULL")
    assert len(revealed) == 1
    trial = await _trial(place, trial_id)
    assert trial.progress == trial.total == RECORDS


async def test_the_same_key_starts_one_trial(place: Marketplace) -> None:
    first = await _start(place)
    assert await _start(place) == first
    with pytest.raises(Refusal, match="different input"):
        await _start(place, hours=35)
    assert len(await fetch(connection(), "SELECT FROM policy_trial")) == 1


async def test_a_twenty_first_unfinished_trial_is_refused(place: Marketplace) -> None:
    for number in range(MOST_UNFINISHED):
        await _start(place, key=str(number))
    with pytest.raises(Refusal, match="Wait until one of them is done"):
        await _start(place, key="one more")


@pytest.mark.parametrize(
    ("since", "until", "sample", "field"),
    [
        (START, START, None, ("period", "to")),
        (START, START - HOUR, None, ("period", "to")),
        (START - HOUR, START, 0, ("sample",)),
        (START - HOUR, START, 10_000_001, ("sample",)),
    ],
)
async def test_an_empty_period_and_a_wrong_sample_are_refused(
    place: Marketplace, since: object, until: object, sample: int | None, field: tuple[str, ...]
) -> None:
    request = TrialRequest(place.market.code, _parameters(36), since, until, sample, "key")  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        await start_trial(connection(), place.operator, request)
    assert refused.value.field == field


async def test_a_wrong_draft_is_refused_before_it_is_tried(place: Marketplace) -> None:
    request = TrialRequest(place.market.code, {"reveal": {}}, START - HOUR, START, None, "key")
    with pytest.raises(Refusals):
        await start_trial(connection(), place.operator, request)
    assert not await fetch(connection(), "SELECT FROM policy_trial")


async def test_a_worker_goes_on_after_a_failure(place: Marketplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks again after a pause, until it is cancelled."""
    trial_id = await _start(place)
    store, failed = run._store, list[bool]()

    async def failing(*given: object) -> None:
        if not failed:
            failed.append(True)
            raise SeparateFailed("once")
        await store(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "_store", failing)

    async def pause(_: float) -> None:
        if (await _trial(place, trial_id)).done_at is not None:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await TrialRounds(TrialRunner(batch=100)).run(pause=pause)
    trial = await _trial(place, trial_id)
    assert failed
    assert trial.progress == RECORDS
