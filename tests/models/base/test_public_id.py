"""Public ids: one at a time or many together, they are the same."""

from random import Random
from uuid import UUID

import pytest

from models.base.public_id import public_id, public_ids, split_id


@pytest.mark.parametrize("type_name", ["L", "Le", "Lea", "Lead", "Application", "ComplaintItem"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 100])
def test_many_are_written_as_each_alone(type_name: str, count: int) -> None:
    """For names of every length, since base64 groups three bytes."""
    random = Random(count)
    rows = [UUID(int=random.getrandbits(128)) for _ in range(count)]
    written = public_ids(type_name, rows)
    assert written == [public_id(type_name, row) for row in rows]
    assert [split_id(text) for text in written] == [(type_name, row) for row in rows]
