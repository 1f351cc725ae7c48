"""Results of a benchmark: named figures with their targets, medians and percentiles."""

import statistics
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure; `quick` is for a look, not for `RESULTS.md`'s comparisons."""

    quick: bool = False

    def pick(self, full: int, quick: int) -> int:
        """Return the number that this run uses."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit; `least` or `most` is what it aims at."""

    name: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.least is not None:
            return self.value >= self.least
        return None if self.most is None else self.value <= self.most

    @property
    def aim(self) -> str:
        """The aim in words."""
        if self.least is not None:
            return f"at least {number(self.least)}"
        return "" if self.most is None else f"at most {number(self.most)}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One of the house's benchmarks: its name, what is compared with what, and how it is run."""

    name: str
    title: str
    about: str
    run: Callable[[Options], Coroutine[Any, Any, list[Figure]]]


def number(value: float) -> str:
    """Write a number with as many digits as it can carry."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 100 else f"{value:.3g}"


def median(values: Sequence[float]) -> float:
    """Return the median; 0 of nothing."""
    return statistics.median(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
