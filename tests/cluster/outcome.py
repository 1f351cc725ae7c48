"""What an event did: how long nothing was answered, and whether anything was lost or done twice."""

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.cluster.load import Operation

HEAD = ("event", "gap", "limit", "repeats", "in doubt", "lost", "doubled", "reveals", "reconcile")
_WIDTHS = (28, 8, 8, 9, 10, 6, 9, 16, 11)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one event; gaps in seconds."""

    event: str
    gap: float
    limit: float
    acknowledged: int
    repeats: int
    in_doubt: int
    lost: int
    doubled: int
    revealed: int  # exactly once
    accepted: int
    reconcile: str = ""  # what it found; empty if all agrees
    fewest_in_doubt: int = 0
    most_repeats: int | None = None
    refused: Sequence[str] = field(default_factory=tuple)
    unanswered: int = 0
    internal: Sequence[str] = field(default_factory=tuple)  # answers that call themselves the server's fault
    resumed: int = 0  # subscriptions that ended and were begun again
    median_before: float = 0.0  # seconds from the first try to the answer, before the event
    median_since: float = 0.0  # and from its beginning on

    def faults(self) -> list[str]:
        """Return what is not as it must be, in words; empty if everything is."""
        found = []
        if self.gap > self.limit:
            found.append(f"nothing was answered for {self.gap:.1f} s; the limit is {self.limit:.1f} s")
        if self.lost:
            found.append(f"{self.lost} acknowledged writes were lost")
        if self.doubled:
            found.append(f"{self.doubled} writes were done twice")
        if self.revealed != self.accepted:
            found.append(f"{self.revealed} of {self.accepted} reveals arrived exactly once")
        if self.reconcile:
            found.append(f"reconcile: {self.reconcile}")
        if self.unanswered:
            found.append(f"{self.unanswered} requests were never answered")
        if self.refused:
            found.append(f"{len(self.refused)} requests were refused, the first with {self.refused[0]}")
        if self.internal:
            found.append(f"{len(self.internal)} answers were internal errors, the first {self.internal[0]}")
        if self.in_doubt < self.fewest_in_doubt:
            found.append(f"{self.in_doubt} commits were in doubt, of at least {self.fewest_in_doubt}")
        if self.most_repeats is not None and self.repeats > self.most_repeats:
            found.append(f"{self.repeats} requests failed, of at most {self.most_repeats}")
        if not self.acknowledged:
            found.append("nothing was acknowledged")
        return found

    def details(self) -> str:
        """Return what the table has no room for."""
        ratio = self.median_since / self.median_before if self.median_before else float("nan")
        return (
            f"{self.acknowledged} writes were acknowledged, in {self.median_before * 1000:.0f} ms before the "
            f"event and {self.median_since * 1000:.0f} ms since ({ratio:.2f}; medians); "
            f"{self.resumed} subscriptions were resumed"
        )

    def row(self) -> str:
        """Return the line of the table."""
        return _line(
            [
                self.event,
                f"{self.gap:.1f} s",
                f"{self.limit:.0f} s",
                str(self.repeats),
                str(self.in_doubt),
                f"{self.lost}",
                f"{self.doubled}",
                f"{self.revealed}/{self.accepted} once",
                "differs" if self.reconcile else "agrees",
            ]
        )


def head() -> str:
    """Return the head of the table."""
    return _line(HEAD)


def longest_gap(operations: Iterable[Operation], until: float) -> float:
    """Return the longest time without an answer, from the first answer to the instant `until`."""
    instants = sorted(one.answered for one in operations if one.answered is not None)
    if not instants:
        return float("inf")
    instants.append(max(until, instants[-1]))
    return max(later - earlier for earlier, later in itertools.pairwise(instants))


def median_answer(operations: Iterable[Operation], since: float, until: float) -> float:
    """Return the median of the seconds that operations begun in a period took until their answer."""
    took = [
        one.answered - one.tries[0] for one in operations if one.answered and since <= one.tries[0] < until
    ]
    return statistics.median(took) if took else 0.0


def is_internal(failure: str) -> bool:
    """Whether a failed request was answered as a fault of the server instead of as an outage."""
    return failure.startswith(("HTTP 500", "INTERNAL"))


def in_doubt(operation: Operation, stored: float) -> bool:
    """Whether a try that was not answered had been committed: the row is older than the answered try."""
    return len(operation.tries) > 1 and stored < operation.tries[-1]


def _line(words: Sequence[str]) -> str:
    first, *others = zip(words, _WIDTHS, strict=True)
    return "".join([first[0].ljust(first[1]), *(word.rjust(width) for word, width in others)])
