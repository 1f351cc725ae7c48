"""Stored text has no characters that hide other text from its readers."""

import pytest

from models.contact_data.text import InvalidText, clean_line


def _tags(text: str) -> str:
    return "".join(chr(0xE0000 + ord(char)) for char in text)


@pytest.mark.parametrize(
    "hidden",
    [
        _tags("petra@fake.example"),
        "\U0001f3f4" + _tags("petra") + "\U000e007f",
        "".join(chr(0xE0100 + ord(char)) for char in "petra"),
        "\ufe0f\ufe0e",
        "\u200d\u200c\u200c",
        "\u200d\ufe0f",
        "\u2063",
        "\ufff9",
    ],
)
def test_text_written_in_invisible_characters_is_refused(hidden: str) -> None:
    with pytest.raises(InvalidText, match="cannot be shown"):
        clean_line(f"A roof{hidden}", 100)


@pytest.mark.parametrize(
    "text",
    [
        *(f"\U0001f3f4{_tags(region)}\U000e007f" for region in ("gbeng", "gbsct", "gbwls")),
        "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u845b\U000e0100\u57ce",  # a variant of a Japanese character
    ],
)
def test_emoji_and_names_keep_their_joiners_and_selectors(text: str) -> None:
    assert clean_line(text, 100) == text
