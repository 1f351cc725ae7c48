"""The figures of an event, and when they are a fault."""

from dataclasses import replace

import pytest

from tests.cluster.load import Operation
from tests.cluster.outcome import Outcome, head, in_doubt, is_internal, longest_gap, median_answer

GOOD = Outcome(
    "host dies",
    gap=18.8,
    limit=26,
    acknowledged=1_000,
    repeats=982,
    in_doubt=3,
    lost=0,
    doubled=0,
    revealed=960,
    accepted=960,
)


def answered(*instants: float) -> list[Operation]:
    """Return operations that were answered at these instants."""
    return [Operation("apply", number, 1, answered=at) for number, at in enumerate(instants)]


def test_the_gap_is_the_longest_time_without_an_answer() -> None:
    """It is measured between any two answers that follow each other, whoever got them."""
    assert longest_gap(answered(5, 1, 2, 9), until=10) == 4


def test_the_gap_lasts_until_the_end_if_no_answer_follows() -> None:
    """An installation that never answers again has a gap until the end of the load."""
    assert longest_gap(answered(1, 2), until=40) == 38


def test_without_any_answer_the_gap_is_endless() -> None:
    """A run without an answer is above every limit."""
    assert longest_gap([], until=40) == float("inf")


def test_the_median_answer_is_of_those_begun_in_a_period() -> None:
    """It counts from the first try, so that repeats are part of it."""
    operations = [
        Operation("apply", number, 1, tries=[began, began + 0.1], answered=began + took)
        for number, (began, took) in enumerate([(1.0, 0.5), (2.0, 2.0), (2.5, 4.0), (2.7, 3.0), (3.0, 9.0)])
    ]
    assert median_answer(operations, 2.0, 3.0) == pytest.approx(3.0)


def test_without_answers_there_is_no_median() -> None:
    """A period without answers has no median, and the outcome says so."""
    assert median_answer([Operation("apply", 1, 1, tries=[1.0])], 0.0, 2.0) == 0.0
    assert "nan" in GOOD.details()


@pytest.mark.parametrize(
    ("failure", "internal"),
    [
        ("HTTP 500", True),
        ("INTERNAL: Internal error. Quote 7 if you contact support.", True),
        ("HTTP 503", False),
        ("UNAVAILABLE: The database is not available.", False),
        ("ReadTimeout", False),
    ],
)
def test_an_outage_is_no_internal_error(failure: str, *, internal: bool) -> None:
    """A server that knows that its database is away says so."""
    assert is_internal(failure) is internal


def test_a_commit_is_in_doubt_if_it_is_older_than_the_answered_try() -> None:
    """The row was written by a try that was not answered."""
    operation = Operation("apply", 1, 1, tries=[10.0, 12.0], answered=12.1)
    assert in_doubt(operation, stored=10.1)
    assert not in_doubt(operation, stored=12.05)


def test_a_single_try_is_never_in_doubt() -> None:
    """The first try was answered, whatever the clocks say."""
    assert not in_doubt(Operation("apply", 1, 1, tries=[10.0], answered=10.1), stored=9.99)


def test_the_table_says_everything() -> None:
    """A line has a word under each word of the head."""
    assert head().split() == [
        *("event", "gap", "limit", "repeats", "in", "doubt", "lost", "doubled", "reveals", "reconcile")
    ]
    assert GOOD.row().split() == [
        *("host", "dies", "18.8", "s", "26", "s", "982", "3", "0", "0", "960/960", "once", "agrees")
    ]
    assert len(GOOD.row()) == len(head())


def test_a_good_outcome_has_no_fault() -> None:
    """Repeats and doubts are no faults."""
    assert GOOD.faults() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gap": 26.1}, "nothing was answered for 26.1 s"),
        ({"lost": 1}, "1 acknowledged writes were lost"),
        ({"doubled": 2}, "2 writes were done twice"),
        ({"revealed": 959}, "959 of 960 reveals"),
        ({"reconcile": "balance differs"}, "balance differs"),
        ({"refused": ("CONFLICT",)}, "1 requests were refused, the first with CONFLICT"),
        ({"fewest_in_doubt": 4}, "3 commits were in doubt, of at least 4"),
        ({"most_repeats": 0}, "982 requests failed, of at most 0"),
        ({"internal": ["HTTP 500", "INTERNAL"]}, "2 answers were internal errors, the first HTTP 500"),
        ({"unanswered": 2}, "2 requests were never answered"),
        ({"acknowledged": 0}, "nothing was acknowledged"),
    ],
)
def test_each_fault_is_named(change: dict[str, object], words: str) -> None:
    """What is not as it must be is said, and nothing else."""
    (fault,) = replace(GOOD, **change).faults()  # type: ignore[arg-type]
    assert words in fault
