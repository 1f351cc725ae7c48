"""Benchmark of decisions per second on one core, cached and uncached, against `zen-engine`.

Nothing is timed before both agree on all facts used.
"""

import itertools
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from bench import zen
from bench.data import policy
from bench.figures import Benchmark, Figure, Options, median, ratio
from rules import decide
from rules.visibility import Basis, Closed, Response, ViewerKind, VisibilityFacts, visibility

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FACTS = 1_000


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide all facts once."""

    name: str
    decide_all: Callable[[], object]
    turns: int  # of one round


def _facts() -> list[VisibilityFacts]:
    """Every combination of facts, at times on both sides of the limit."""
    chance = random.Random(7)  # noqa: S311 - the same facts in every run
    members = list(itertools.product(ViewerKind, Basis, Response, Closed))
    chosen = [members[number % len(members)] for number in range(FACTS)]
    return [
        VisibilityFacts(
            viewer=viewer,
            basis=basis,
            response=response,
            waited=NOW - timedelta(seconds=chance.randrange(400_000)),
            responded_after=chance.randrange(400_000),
            closed=closed,
        )
        for viewer, basis, response, closed in chosen
    ]


async def run(options: Options) -> list[Figure]:
    """Measure the ways alternately."""
    numbers = policy()
    ruleset = visibility.for_policy(numbers)
    facts = _facts()
    table = zen.decision(numbers)
    asked = [
        {
            "viewer": str(one.viewer),
            "basis": str(one.basis),
            "response": str(one.response),
            "closed": str(one.closed),
            "waited": int((NOW - one.waited).total_seconds()),
            "responded_after": one.responded_after,
        }
        for one in facts
    ]
    texts = [orjson.dumps(one).decode() for one in asked]
    for one, given in zip(facts, asked, strict=True):
        ours, theirs = decide(visibility, numbers, one, NOW), table.evaluate(given)["result"]
        if (str(ours.verdict), ours.rule_id) != (theirs.get("verdict"), theirs.get("rule_id")):
            raise RuntimeError(f"zen-engine returns {theirs} for {given}, not {ours}")

    def cached() -> None:
        for one in facts:
            decide(visibility, numbers, one, NOW)

    def uncached() -> None:
        for one in facts:
            ruleset.decide_uncached(one, NOW)

    def zen_dicts() -> None:
        for given in asked:
            table.evaluate(given)

    def zen_texts() -> None:
        for text in texts:
            table.evaluate(text)

    ways = (
        Way("cached", cached, 100),
        Way("uncached", uncached, 5),
        Way("zen, dicts", zen_dicts, 5),
        Way("zen, JSON texts", zen_texts, 5),
    )
    return _figures(ways, options.pick(9, 5))


def _figures(ways: Sequence[Way], rounds: int) -> list[Figure]:
    rates: dict[str, list[float]] = {way.name: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            began = time.thread_time()
            for _ in range(way.turns):
                way.decide_all()
            rates[way.name].append(way.turns * FACTS / (time.thread_time() - began))
    zens = [max(pair) for pair in zip(rates["zen, dicts"], rates["zen, JSON texts"], strict=True)]
    return [
        Figure("decided from the cache", median(rates["cached"]), "per second per core", least=500_000),
        Figure("decided without the cache", median(rates["uncached"]), "per second per core", least=25_000),
        Figure("zen-engine, given dicts", median(rates["zen, dicts"]), "per second per core"),
        Figure("zen-engine, given JSON texts", median(rates["zen, JSON texts"]), "per second per core"),
        Figure("cached, relative to zen-engine's faster variant", ratio(rates["cached"], zens), "times"),
        Figure("uncached, relative to zen-engine's faster variant", ratio(rates["uncached"], zens), "times"),
    ]


BENCHMARK = Benchmark(
    "decisions",
    "Decisions",
    "The visibility rules over 1,000 sets of facts that cover every combination of values, in one thread, "
    "measured in CPU time: from the cache of cells; without the cache, where `durable_rules` and the oracle "
    "both evaluate every decision; and as a decision table of `zen-engine` (Rust), after checking that it "
    "reaches the same decisions.",
    run,
)
