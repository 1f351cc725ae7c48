"""Where texts are searched: short ones at once, others in a thread, so that the event loop goes on."""

import threading

import pytest

from models.contact_data import searching
from models.contact_data.searching import find_in


@pytest.mark.parametrize(
    ("texts", "in_thread"), [(["x" * 300], False), (["x" * 301], True), (["x" * 150, "x" * 151], True)]
)
async def test_more_than_a_short_text_is_searched_in_a_thread(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], in_thread: bool
) -> None:
    where = []

    def search(texts: list[str], *_: object, **__: object) -> list[list[object]]:
        where.append(threading.current_thread())
        return [[] for _ in texts]

    monkeypatch.setattr(searching, "mask_messages", search)
    assert await find_in(texts, "DE", None) == [[] for _ in texts]
    assert [one is not threading.main_thread() for one in where] == [in_thread]
