"""A source that fails again and again is left alone for a minute, by the test's clock."""

import itertools

import pytest

from models.outside.rounds import FAILURES, REST_SECONDS, Rounds
from models.outside.sources.source import OutsideOutcome, OutsideSource
from models.outside.unanswered import PART_AWAY
from tests.support.outside_world import StillClock

GRAVATAR, VIES = OutsideSource.GRAVATAR, OutsideSource.VIES
AWAY = (OutsideOutcome.UNREACHABLE, OutsideOutcome.TIMED_OUT, OutsideOutcome.BUSY)


def failing(times: int, outcome: OutsideOutcome = OutsideOutcome.TIMED_OUT, why: str = "") -> Rounds:
    """Rounds in which a source has failed so often."""
    clock = StillClock()
    rounds = Rounds(seconds=clock.seconds)
    for _ in range(times):
        rounds.note(GRAVATAR, outcome, why, 1)
    return rounds


@pytest.mark.parametrize("outcome", AWAY)
def test_after_sixteen_failures_running_a_source_is_left_alone(outcome: OutsideOutcome) -> None:
    assert not failing(FAILURES - 1, outcome).rests(GRAVATAR)
    rounds = failing(FAILURES, outcome)
    assert rounds.rests(GRAVATAR)
    assert not rounds.rests(VIES)


@pytest.mark.parametrize("outcome", sorted(set(OutsideOutcome) - set(AWAY)))
def test_an_answer_between_failures_begins_anew(outcome: OutsideOutcome) -> None:
    rounds = failing(FAILURES - 1)
    rounds.note(GRAVATAR, outcome, "", 1)
    assert rounds.note(GRAVATAR, OutsideOutcome.TIMED_OUT, "", 1).rest_seconds == 0
    assert not rounds.rests(GRAVATAR)


def test_a_source_that_never_failed_is_not_left_alone_while_the_clock_runs() -> None:
    ticks = itertools.count()
    assert not Rounds(seconds=lambda: float(next(ticks))).rests(GRAVATAR)


@pytest.mark.parametrize("why", ["ADDRESS", PART_AWAY])
def test_an_address_that_we_refuse_and_a_state_that_is_away_say_nothing_about_the_source(why: str) -> None:
    assert not failing(2 * FAILURES, OutsideOutcome.UNREACHABLE, why).rests(GRAVATAR)


@pytest.mark.parametrize("source", [OutsideSource.WEBSITE, OutsideSource.MAIL_DNS, OutsideSource.RDAP])
def test_sixteen_hosts_that_a_user_chose_stop_nobody_elses_search(source: OutsideSource) -> None:
    rounds = Rounds(seconds=StillClock().seconds)
    noted = [rounds.note(source, OutsideOutcome.TIMED_OUT, "", 1) for _ in range(2 * FAILURES)]
    assert not rounds.rests(source)
    assert {one.rest_seconds for one in noted} == {0.0}


def test_the_rest_ends_after_a_minute() -> None:
    clock = StillClock()
    rounds = Rounds(seconds=clock.seconds)
    noted = [rounds.note(GRAVATAR, OutsideOutcome.TIMED_OUT, "", 1) for _ in range(FAILURES)]
    assert [one.rest_seconds for one in noted] == [0.0] * (FAILURES - 1) + [REST_SECONDS]
    clock.now += REST_SECONDS - 1e-6
    assert rounds.rests(GRAVATAR)
    clock.now += 1e-6
    assert not rounds.rests(GRAVATAR)
