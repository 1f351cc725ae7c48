"""`python -m tests.fuzz.differential`: asks many random documents both ways; prints what was answered
differently.
"""

import argparse
import asyncio
import random
import sys
import time

from models.process.gc_tuning import look_less_often
from tests.fuzz.differential.comparing import Comparison
from tests.fuzz.differential.running import say, silent, standing
from tests.fuzz.differential.ways import PLANNED

ROUND = 250  # documents between two lines of progress
SHOWN = 20  # differences


def main() -> int:
    """Compare; return 1 if something was answered differently."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.differential", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--minutes", type=float, default=24 * 60, help="stop after this time")
    parser.add_argument("--favour", nargs="*", default=PLANNED, help="fields of the root to ask more often")
    given = parser.parse_args()
    silent()
    return asyncio.run(
        _run(given.documents, given.seed, given.minutes * 60, favoured=frozenset(given.favour))
    )


async def _run(documents: int, seed: int, seconds: float, *, favoured: frozenset[str]) -> int:
    say(f"seed {seed}, {documents:,} documents")
    async with standing() as market:
        look_less_often()
        comparison = Comparison(market, seed, favoured)
        report = comparison.report
        began, done, shown = time.monotonic(), 0, 0
        while done < documents and time.monotonic() - began < seconds:
            count = min(ROUND, documents - done)
            await comparison.run(count, first=done, everything=done + count >= documents)
            done += count
            took = time.monotonic() - began
            say(f"{done:,} documents in {took:.0f} s, {len(report.differences)} differences")
            for difference in report.differences[shown:SHOWN]:
                say(f"\n{difference}\n")
            shown = len(report.differences)
    for fault in report.faults[:SHOWN]:
        say(f"\nfault {fault}")
    for line in report.lines(comparison.writer.reachable):
        say(line)
    return 1 if report.differences or report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
