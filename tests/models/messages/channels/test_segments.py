"""How many parts a text takes, and how it is cut to fit."""

# ruff: noqa: RUF001 - characters that look like others are replaced

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.messages.channels.sms.segments import Alphabet, fit, length_of, plain

GSM, UCS2 = Alphabet
LINK = "https://leadgate.example/a/1"


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", GSM, 0, 1),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("€" * 80, GSM, 160, 1),
        ("€" * 81, GSM, 162, 2),
        ("a" * 152 + "€" + "a" * 152, GSM, 306, 3),  # an escape is not split from its character
        ("ä@ß£Ω\n", GSM, 6, 1),
        ("ł" * 70, UCS2, 70, 1),
        ("ł" * 71, UCS2, 71, 2),
        ("ł" * 134, UCS2, 134, 2),
        ("ł" * 135, UCS2, 135, 3),
        ("a" * 69 + "ł", UCS2, 70, 1),
        ("📞" * 35, UCS2, 70, 1),
        ("📞" * 36, UCS2, 72, 2),
        ("ł" * 66 + "📞" + "ł" * 66, UCS2, 134, 3),  # nor one half of a surrogate pair from the other
        ("ç", UCS2, 1, 1),
        ("Ç", GSM, 1, 1),
    ],
)
def test_parts_are_counted_as_networks_count_them(
    text: str, alphabet: Alphabet, units: int, parts: int
) -> None:
    found = length_of(text)
    assert (found.alphabet, found.units, found.parts) == (alphabet, units, parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć gęślą jaźń", "Zazólc gesla jazn".replace("ó", "o")),
        ("ŁÓDŹ", "LODZ"),
        ("întâlnire, țară, șase ă", "intalnire, tara, sase a"),
        ("„Zapytanie” – 5\u00a0zł…", '"Zapytanie" - 5 zl...'),
        ("Größe, Café, naïve, ñ, €5", "Größe, Café, naive, ñ, €5"),
        ("çŒđ’", "cOEd'"),
        ("e\u0301", "é"),
        ("Андрей 📞 漢", "Андрей 📞 漢"),
    ],
)
def test_letters_become_plain_if_the_alphabet_has_no_better(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_polish_and_romanian_texts_take_the_long_alphabet_as_plain_letters() -> None:
    text = "Zgłoszenie zaakceptowane, dane kontaktowe są w panelu. Cerere acceptată, țară și preț."
    assert length_of(text).parts == 2
    assert length_of(fit(text, LINK, most_parts=1, as_plain=True)).parts == 1
    assert length_of(fit(text, "", most_parts=2, as_plain=False)).alphabet is UCS2


def test_a_text_is_cut_at_a_word_and_its_link_is_not() -> None:
    made = fit("A vendor applied for your lead. " * 10, LINK, most_parts=1, as_plain=True)
    assert made == (
        "A vendor applied for your lead. A vendor applied for your lead. A vendor applied for your lead. "
        "A vendor applied for your lead... " + LINK
    )
    assert len(made) <= 160


words = st.text(st.sampled_from("ab €ł📞ç\n{"), max_size=400)


@given(words, st.sampled_from(["", LINK]), st.integers(1, 4), st.booleans())
def test_any_text_fits_and_no_more_is_cut_than_necessary(
    text: str, link: str, most_parts: int, as_plain: bool
) -> None:
    made = fit(text, link, most_parts=most_parts, as_plain=as_plain)
    assert length_of(made).parts <= most_parts
    assert made.endswith(link)
    whole = " ".join((plain(text) if as_plain else text).split())
    kept, dots, _ = made.removesuffix(link).rstrip().rpartition("...")
    if not dots:
        assert made in {f"{whole} {link}".strip(), link}
        return
    assert whole.startswith(kept)
    assert length_of(f"{whole} {link}".strip()).parts > most_parts
    more = whole[len(kept) :].lstrip().partition(" ")[0]
    if " " in kept and more:  # one more word would not have fitted
        longer = f"{kept} {more}..." + (f" {link}" if link else "")
        assert length_of(longer).parts > most_parts


def test_a_link_that_does_not_fit_is_refused() -> None:
    assert fit("text", "x" * 160, most_parts=1, as_plain=True) == "x" * 160
    with pytest.raises(ValueError, match="link"):
        fit("text", "x" * 161, most_parts=1, as_plain=True)
