"""The contact's last name in two parts is masked whole, and words that meet by chance are not."""

from dataclasses import replace

import pytest

from models.contact_data.masking import mask_messages, masked_text
from tests.models.contact_data.support import ANNA


def _shown(texts: list[str], full_name: str) -> list[str]:
    found = mask_messages(texts, "DE", names=replace(ANNA, full_name=full_name, organisation=None))
    return [masked_text(text, spans, "en")[0] for text, spans in zip(texts, found, strict=True)]


@pytest.mark.parametrize("last", ["Müller", "Schmidt", "Kern", "Weber", "Nowak", "Stoica"])
def test_a_last_name_cut_anywhere_is_masked_in_both_parts(last: str) -> None:
    for cut in range(1, len(last) - 1):
        for gap in (" ", "-", ". ", "_"):
            assert _shown([f"Ich bin {last[:cut]}{gap}{last[cut:]} aus Berlin"], f"Petra {last}") == [
                "Ich bin [name] aus Berlin"
            ], (cut, gap)
        assert _shown([f"Petra {last[:cut]} {last[cut:]}".lower()], f"Petra {last}") == ["[name]"]
        assert (
            _shown([last[:cut], f"{last[cut:]} ist mein Name"], f"Petra {last}")[1] == "[name] ist mein Name"
        )


@pytest.mark.parametrize(
    ("text", "full_name", "shown"),
    [
        ("Herr no wak fragt", "Jan Nowak", "[name] fragt"),
        ("Piszę od No waka", "Jan Nowak", "Piszę od [name]"),
        ("Ich bin Mu eller", "Petra Müller", "Ich bin [name]"),
    ],
)
def test_inflected_titled_and_spelled_out_names_are_masked(text: str, full_name: str, shown: str) -> None:
    assert _shown([text], full_name) == [shown]


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("Im Hof ist Platz, und im hof ist Licht", "Petra Imhof"),
        ("Wir bauen am Berg", "Petra Amberg"),
        ("Tom a plecat, Tom e gelos", "Ana Toma"),
        ("În anul 1916", "Ana Inan"),
        ("A new man for the job", "Ann Newman"),
        ("It is a dam", "Ann Adam"),
        ("Ker\nn und Schale", "Petra Kern"),
        ("Ker, n und Schale", "Petra Kern"),
    ],
)
def test_words_that_only_meet_are_shown(text: str, full_name: str) -> None:
    assert _shown([text], full_name) == [text]


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        ("mein Telegram ist", "mein Telegram ist"),
        ("my skype name is", "my skype name is"),
        ("mój telegram to", "mój telegram to"),
        ("Telegram: is", "Telegram: [handle]"),
    ],
)
def test_the_word_before_a_name_in_the_next_message_is_shown(first: str, shown: str) -> None:
    """After a colon, the name begins."""
    assert _shown([first, "anna_b"], "Petra Kern") == [shown, "[handle]"]
