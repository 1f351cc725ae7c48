"""A maximum number of slots per holder, returned after use."""

import pytest

from schema.graphql.open_count import Slots


@pytest.mark.parametrize(("taken", "another"), [(1, True), (2, True), (3, False)])
def test_a_holder_has_so_many(taken: int, another: bool) -> None:
    """One below the limit there is another, at the limit there is none."""
    slots = Slots(3)
    assert all(slots.take("a") for _ in range(taken))
    assert slots.take("a") is another
    assert slots.take("b")
    assert slots.taken("b") == 1


def test_a_slot_is_free_again_and_nothing_is_kept_of_who_has_none() -> None:
    """Otherwise the counters would grow with everybody who ever came."""
    slots = Slots(1)
    assert slots.take("a")
    slots.free("a")
    assert slots.taken("a") == 0
    assert not slots._taken
    assert slots.take("a")
