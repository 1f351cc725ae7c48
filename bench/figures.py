"""Results of a benchmark: named figures with their targets, medians and percentiles."""

import statistics
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """How much to measure; `quick` is for a first look, not for comparisons in `RESULTS.md`."""

    quick: bool = False

    def pick(self, full: int, quick: int) -> int:
        """Return the number that this run uses."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its unit; `least` or `most` is its target."""

    name: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.least is not None:
            return self.value >= self.least
        return None if self.most is None else self.value <= self.most

    @property
    def aim(self) -> str:
        """The target in words."""
        if self.least is not None:
            return f"at least {number(self.least)}"
        return "" if self.most is None else f"at most {number(self.most)}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark: its name, what it compares, and how it is run."""

    name: str
    title: str
    about: str
    run: Callable[[Options], Coroutine[Any, Any, list[Figure]]]


def number(value: float) -> str:
    """Format a number with its significant digits."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 100 else f"{value:.3g}"


def median(values: Sequence[float]) -> float:
    """Return the median; 0 for no values."""
    return statistics.median(values) if values else 0.0


def ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios of what was measured in the same round."""
    return median([one / other for one, other in zip(ones, others, strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies; 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
