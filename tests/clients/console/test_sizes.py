"""What a browser loads stays small."""

from tests.clients.console.sizes import first_files, first_load, screens

FIRST, ANOTHER = 300_000, 40_000


def test_the_first_load_is_small() -> None:
    assert len(first_files()) > 2
    assert 100_000 < first_load() <= FIRST


def test_each_other_screen_adds_little() -> None:
    found = screens()
    assert len(found) > 20
    assert {name: size for name, size in found.items() if not 0 < size <= ANOTHER} == {}
