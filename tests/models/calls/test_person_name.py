"""Names in two orders (S4.8)."""

import pytest

from models.calls.person_name import NameOrder, PersonName, read_name, sort_key

FIRST, LAST = NameOrder.FIRST_LAST, NameOrder.LAST_FIRST


@pytest.mark.parametrize(
    ("text", "order", "first", "last"),
    [
        ("Agnes Tellier", None, "Agnes", "Tellier"),
        ("Tellier, Agnes", None, "Agnes", "Tellier"),
        ("Tellier, Agnes", FIRST, "Agnes", "Tellier"),
        ("Tellier Agnes", LAST, "Agnes", "Tellier"),
        ("Agnes Tellier", FIRST, "Agnes", "Tellier"),
        ("Hans von der Heide", None, "Hans", "von der Heide"),
        ("von der Heide, Hans", None, "Hans", "von der Heide"),
        ("von der Heide Hans Peter", LAST, "Hans Peter", "von der Heide"),
        ("Hans Peter Meier", None, "Hans Peter", "Meier"),
        ("Ludwig van Beethoven", None, "Ludwig", "van Beethoven"),
        ("Müller-Lüdenscheidt, Hans", None, "Hans", "Müller-Lüdenscheidt"),
        ("van Gogh", None, "", "van Gogh"),
        ("Zentrale", None, "", "Zentrale"),
        ("Zentrale", LAST, "", "Zentrale"),
        ("Tellier,", None, "", "Tellier"),
        ("  Agnes \t Tellier ", None, "Agnes", "Tellier"),
        ("Sagan, Carl, Jr.", None, "Carl, Jr.", "Sagan"),
        ("", None, "", ""),
    ],
)
def test_a_name_is_read_in_either_order(text: str, order: NameOrder | None, first: str, last: str) -> None:
    assert read_name(text, order) == PersonName(first, last)


def test_a_name_is_shown_as_first_last() -> None:
    assert [PersonName("Agnes", "Tellier").shown, PersonName("", "Zentrale").shown] == [
        "Agnes Tellier",
        "Zentrale",
    ]


def test_people_are_sorted_by_last_name_without_regard_to_accents() -> None:
    names = ["Olga Zima", "Ödön Öllös", "Agnes Ollo", "Bea Ollo", "Łucja Łoś"]
    assert sorted(names, key=lambda name: sort_key(read_name(name))) == [
        "Łucja Łoś",
        "Agnes Ollo",
        "Bea Ollo",
        "Ödön Öllös",
        "Olga Zima",
    ]


def test_a_key_is_a_position_in_a_list() -> None:
    """Positions are plain text of at most 40 characters."""
    for name in ("Анна Каренина", "x" * 200 + " " + "y" * 200, "🙂 🙂"):
        key = sort_key(read_name(name))
        assert len(key) <= 40
        assert key.isascii()
