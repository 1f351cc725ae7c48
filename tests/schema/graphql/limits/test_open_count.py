"""A maximum number of slots per holder, returned after use."""

import pytest

from schema.graphql.open_count import OpenCount


@pytest.mark.parametrize(("taken", "another"), [(1, True), (2, True), (3, False)])
def test_slots_per_holder_are_limited(taken: int, another: bool) -> None:
    """Below the limit, a slot can be taken; at the limit, none is left."""
    slots = OpenCount(3)
    assert all(slots.take("a") for _ in range(taken))
    assert slots.take("a") is another
    assert slots.take("b")
    assert slots.taken("b") == 1


def test_a_released_slot_is_free_and_idle_holders_are_forgotten() -> None:
    """Otherwise the counters would grow with every holder."""
    slots = OpenCount(1)
    assert slots.take("a")
    slots.free("a")
    assert slots.taken("a") == 0
    assert not slots._taken
    assert slots.take("a")
