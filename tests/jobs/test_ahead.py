"""How much is claimed ahead of the lanes, by the pace of sending."""

from dataclasses import dataclass
from datetime import timedelta

from jobs.ahead import MOST, SECONDS, SPARE, Ahead
from models.base.ids import new_id
from models.messages.claim import FRESH_SECONDS, Claimed
from tests.support.messages import FakeChannel
from tests.support.parcels import STARTED, make_parcel


@dataclass
class Watch:
    """A clock that stands still."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def _claimed(count: int) -> list[Claimed]:
    return [Claimed(make_parcel(), new_id(), STARTED + timedelta(minutes=1)) for _ in range(count)]


def _after(attempts: int, seconds: float, *, charged: bool = False, repeatable: bool = True) -> int:
    """Return the room without idle lanes, after so many attempts on each lane, each of some seconds."""
    watch = Watch()
    ahead = Ahead(FakeChannel(lanes=4, repeatable=repeatable, charged=charged), watch)
    for _ in range(attempts):
        ahead.add(_claimed(4))
        for _ in range(4):
            ahead.take()
        watch.now += seconds
        ahead.count_ended(4)
        ahead.begin_claim()
    return ahead.room(0)


def test_at_the_beginning_each_lane_gets_one_and_two_to_spare() -> None:
    assert Ahead(FakeChannel(lanes=4), Watch()).room(4) == 4 * (1 + SPARE)


def test_a_fast_provider_is_claimed_ahead_for_and_a_slow_one_is_not() -> None:
    """By how long attempts take, at most twice as much each time."""
    assert _after(1, 0.001) == 2 * 4 * SPARE
    assert _after(9, 0.01) == int(4 / 0.01 * SECONDS)
    assert _after(9, 0.001) == MOST
    assert _after(9, 1.0) == 0


def test_a_silent_provider_is_not_claimed_ahead_for() -> None:
    watch = Watch()
    ahead = Ahead(FakeChannel(lanes=4), watch)
    ahead.add(_claimed(4))
    for _ in range(4):
        ahead.take()
    watch.now += 60
    ahead.begin_claim()
    assert ahead.room(0) == 0


def test_time_without_anything_to_send_says_nothing_about_the_provider() -> None:
    watch = Watch()
    ahead = Ahead(FakeChannel(lanes=4), watch)
    watch.now += 60
    ahead.begin_claim()
    assert ahead.room(4) == 4 * (1 + SPARE)


def test_where_a_doubt_needs_an_operator_nothing_is_claimed_ahead() -> None:
    assert _after(9, 0.001, charged=True, repeatable=False) == 0
    assert _after(9, 0.001, charged=True) == 4 * SPARE


def test_nothing_is_claimed_while_more_than_half_still_waits() -> None:
    ahead = Ahead(FakeChannel(lanes=4), Watch())
    ahead.add(_claimed(5))
    assert (ahead.room(0), ahead.room(1)) == (0, 4)
    ahead.take()
    assert ahead.room(0) == 4


def test_what_waited_too_long_is_taken_out() -> None:
    """Its facts are read anew, and its lease might end during the attempt."""
    watch = Watch()
    ahead = Ahead(FakeChannel(lanes=4), watch)
    old, fresh = _claimed(2), _claimed(1)
    ahead.add(old)
    watch.now += FRESH_SECONDS + 1
    ahead.add(fresh)
    assert ahead.take_stale() == old
    assert ahead.take_all() == fresh
    assert len(ahead) == 0
