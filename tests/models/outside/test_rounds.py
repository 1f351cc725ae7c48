"""A source that fails again and again is left alone for a minute, by the test's clock."""

import itertools

import pytest

from models.outside.rounds import FAILURES, REST_SECONDS, Rounds
from models.outside.sources.source import OutsideOutcome, OutsideSource
from tests.support.outside_world import StillClock

RDAP, VIES = OutsideSource.RDAP, OutsideSource.VIES
AWAY = (OutsideOutcome.UNREACHABLE, OutsideOutcome.TIMED_OUT, OutsideOutcome.BUSY)


def failing(times: int, outcome: OutsideOutcome = OutsideOutcome.TIMED_OUT, why: str = "") -> Rounds:
    """Rounds in which a source has failed so often."""
    clock = StillClock()
    rounds = Rounds(seconds=clock.seconds)
    for _ in range(times):
        rounds.note(RDAP, outcome, why, 1)
    return rounds


@pytest.mark.parametrize("outcome", AWAY)
def test_after_sixteen_failures_running_a_source_is_left_alone(outcome: OutsideOutcome) -> None:
    assert not failing(FAILURES - 1, outcome).rests(RDAP)
    rounds = failing(FAILURES, outcome)
    assert rounds.rests(RDAP)
    assert not rounds.rests(VIES)


@pytest.mark.parametrize("outcome", sorted(set(OutsideOutcome) - set(AWAY)))
def test_an_answer_between_failures_begins_anew(outcome: OutsideOutcome) -> None:
    rounds = failing(FAILURES - 1)
    rounds.note(RDAP, outcome, "", 1)
    assert rounds.note(RDAP, OutsideOutcome.TIMED_OUT, "", 1).rest_seconds == 0
    assert not rounds.rests(RDAP)


def test_a_source_that_never_failed_is_not_left_alone_while_the_clock_runs() -> None:
    ticks = itertools.count()
    assert not Rounds(seconds=lambda: float(next(ticks))).rests(RDAP)


def test_an_address_that_we_refuse_says_nothing_about_the_source() -> None:
    assert not failing(2 * FAILURES, OutsideOutcome.UNREACHABLE, "ADDRESS").rests(RDAP)


def test_the_rest_ends_after_a_minute() -> None:
    clock = StillClock()
    rounds = Rounds(seconds=clock.seconds)
    noted = [rounds.note(RDAP, OutsideOutcome.TIMED_OUT, "", 1) for _ in range(FAILURES)]
    assert [one.rest_seconds for one in noted] == [0.0] * (FAILURES - 1) + [REST_SECONDS]
    clock.now += REST_SECONDS - 1e-6
    assert rounds.rests(RDAP)
    clock.now += 1e-6
    assert not rounds.rests(RDAP)
