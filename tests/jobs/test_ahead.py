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


def _after(ended: int, seconds: float, *, charged: bool = False, repeatable: bool = True) -> int:
    """Return the room after so many attempts within some seconds, without idle lanes."""
    watch = Watch()
    ahead = Ahead(FakeChannel(lanes=4, repeatable=repeatable, charged=charged), watch)
    ahead.count_ended(ended)
    watch.now += seconds
    ahead.begin_claim()
    return ahead.room(0)


def test_at_the_beginning_each_lane_gets_one_and_two_to_spare() -> None:
    assert Ahead(FakeChannel(lanes=4), Watch()).room(4) == 4 * (1 + SPARE)


def test_a_fast_provider_is_claimed_ahead_for_and_a_silent_one_is_not() -> None:
    assert _after(400, 1.0) == int(400 * SECONDS)
    assert _after(10_000, 1.0) == MOST
    assert _after(0, 60.0) == 0


def test_where_a_doubt_needs_an_operator_nothing_is_claimed_ahead() -> None:
    assert _after(10_000, 1.0, charged=True, repeatable=False) == 0
    assert _after(10_000, 1.0, charged=True) == 4 * SPARE


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
