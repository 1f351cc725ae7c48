"""Planted numbers and addresses are replaced whole, in each disguise and divided among messages (S1.8)."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contact_data.masking import MaskedSpan, mask_messages, masked_text
from tests.models.contact_data.support import ANNA, mask_spans

_WORDS = {
    "en": "zero one two three four five six seven eight nine".split(),  # noqa: SIM905
    "de": "null eins zwei drei vier fünf sechs sieben acht neun".split(),  # noqa: SIM905
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć".split(),  # noqa: SIM905
    "ro": "zero unu doi trei patru cinci șase șapte opt nouă".split(),  # noqa: SIM905
}
_NUMBERS = st.sampled_from(["0170", "0048", "0612", "030", "089"]).flatmap(
    lambda code: st.text("0123456789", min_size=7, max_size=8).map(lambda rest: code + rest)
)
_LOCALS = st.from_regex(r"[b-z][b-df-z]{3,8}(\.[b-df-z]{2,6})?", fullmatch=True)
Groups = Sequence[str]
_GROUPED: dict[str, Callable[[Groups], str]] = {
    name: sign.join
    for name, sign in {
        "plain": "",
        "blanks": " ",
        "dots": ".",
        "hyphens": "-",
        "dashes": " \u2013 ",
        "tabs": "\t",
        "no-break blanks": "\u00a0",
        "semicolons": "; ",
        "equals signs": "=",
        "hashes": "#",
        "bullets": "\u2022",
        "arrows": " \u2192 ",
        "emoji": "\U0001f600",
        "words": " und dann ",
        "zero width": "\u200b",
    }.items()
}
_PER_DIGIT: dict[str, Callable[[str], str]] = {
    "full width": lambda digit: chr(0xFF10 + int(digit)),
    "Arabic": lambda digit: chr(0x660 + int(digit)),
    "mathematical": lambda digit: chr(0x1D7CE + int(digit)),
    "keycaps": lambda digit: f"{digit}\ufe0f\u20e3",
    "superscript": lambda digit: "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)],
    "struck through": lambda digit: f"{digit}\u0336\u0353",
    "soft hyphens": lambda digit: f"{digit}\u00ad",
    "spaced": lambda digit: f"{digit} ",
    **{
        f"said in {language}": lambda digit, words=words: f"{words[int(digit)]} "  # type: ignore[misc]
        for language, words in _WORDS.items()
    },
    **{
        f"spelled in {language}": lambda digit, words=words: " ".join(words[int(digit)]) + "  "  # type: ignore[misc]
        for language, words in _WORDS.items()
    },
}
_ADDRESSES = (
    *("{local}@{host}.de", "{local} @ {host}.de", "{local} at {host} dot de", "{local}(at){host}(dot)de"),
    *("{local} [at] {host} [dot] de", "{local} ät {host} punkt de", "{local}(a){host}.de"),
    *(
        "{local} klammeraffe {host} punkt de",
        "{local} małpa {host} kropka pl",
        "{local} arond {host} punct ro",
    ),
    *("{local} coadă de maimuță {host} punct ro", "{local}&#64;{host}.de", "{local}%40{host}.de"),
    *("{local}_at_{host}_dot_de", "{local}@{host},de", "{local}@@{host}.de", "mailto:{local}@{host}.de"),
    *(
        "{local} AT {host} DOT DE",
        "{local} at sign {host} dot de",
        "{local}@\n{host}.de",
        "{local}@{host} .de",
    ),
)
_PER_LETTER: dict[str, Callable[[str], str]] = {
    "full width": lambda char: chr(ord(char) - 0x21 + 0xFF01),
    "zero width": lambda char: f"{char}\u200b",
    "struck through": lambda char: f"{char}\u0337\u0353",
    "spaced": lambda char: f"{char} ",
    "look-alikes": lambda char: char.translate(
        str.maketrans("aeopcx", "\u0430\u0435\u043e\u0440\u0441\u0445")
    ),
}
_BEFORE, _AFTER = "Hallo, gern. ", " bis bald"


def _shown(text: str) -> str:
    return masked_text(text, mask_spans(text, "DE"), "en")[0]


def _groups(digits: str, sizes: Sequence[int]) -> list[str]:
    found, at = [], 0
    for size in (*sizes, len(digits)):
        if digits[at:]:
            found.append(digits[at : at + size])
            at += size
    return found


@pytest.mark.parametrize("disguise", _GROUPED)
@given(_NUMBERS, st.lists(st.integers(2, 4), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_a_number_in_groups_is_replaced(disguise: str, number: str, sizes: list[int]) -> None:
    shown = _shown(_BEFORE + _GROUPED[disguise](_groups(number, [3, *sizes])) + _AFTER)
    assert shown == f"{_BEFORE}[phone]{_AFTER}"


@pytest.mark.parametrize("disguise", _PER_DIGIT)
@given(_NUMBERS)
@settings(max_examples=25, deadline=None)
def test_a_number_with_each_digit_in_disguise_is_replaced(disguise: str, number: str) -> None:
    written = "".join(map(_PER_DIGIT[disguise], number)).strip()
    assert _shown(_BEFORE + written + _AFTER) == f"{_BEFORE}[phone]{_AFTER}"


@pytest.mark.parametrize("form", _ADDRESSES)
@given(_LOCALS)
@settings(max_examples=25, deadline=None)
def test_an_address_in_words_or_signs_is_replaced(form: str, local: str) -> None:
    written = form.format(local=local, host="rowertest")
    assert _shown(_BEFORE + written + _AFTER) == f"{_BEFORE}[e-mail]{_AFTER}"


@pytest.mark.parametrize("disguise", _PER_LETTER)
@given(_LOCALS)
@settings(max_examples=25, deadline=None)
def test_an_address_with_each_letter_in_disguise_is_replaced(disguise: str, local: str) -> None:
    written = "".join(map(_PER_LETTER[disguise], f"{local}@rowertest.de")).strip()
    assert _shown(_BEFORE + written + _AFTER) == f"{_BEFORE}[e-mail]{_AFTER}"


@given(_NUMBERS, st.lists(st.integers(2, 4), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_each_part_of_a_divided_number_is_replaced(number: str, sizes: list[int]) -> None:
    parts = _groups(number, [3, *sizes])
    assert [
        masked_text(part, spans, "en")[0]
        for part, spans in zip(parts, mask_messages(parts, "DE"), strict=True)
    ] == ["[phone]" for _ in parts]


@given(_LOCALS, st.sets(st.integers(1, 30), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_each_part_of_a_divided_address_is_replaced(local: str, cuts: set[int]) -> None:
    address = f"{local}@rowertest.de"
    ends = [0, *sorted(cut for cut in cuts if cut < len(address)), len(address)]
    parts = [address[start:end] for start, end in pairwise(ends)]
    shown = [
        masked_text(part, spans, "en")[0]
        for part, spans in zip(parts, mask_messages(parts, "DE"), strict=True)
    ]
    assert not any(local in text for text in shown)
    assert all("@" not in text for text in shown)


_TEXT = st.text(
    st.one_of(
        st.sampled_from("0123456789@.-:/() \nae"),
        st.characters(codec="utf-8", exclude_categories=["Cs"]),
    ),
    max_size=120,
) | st.lists(
    st.sampled_from(
        [
            *(
                "0170",
                " 1234567",
                "anna",
                "@",
                "acme",
                ".de",
                " at ",
                " dot ",
                "www.",
                "https://",
                "Telegram: ",
            ),
            *(
                "[phone]",
                " müller",
                " ",
                "\n",
                "(",
                ")",
                "tel ",
                "null ",
                "sieben ",
                "EUR",
                ",",
                "[e-mail]",
                "_",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@given(_TEXT, st.sampled_from([None, "DE", "US", "PL", "??"]), st.lists(_TEXT, max_size=3))
@settings(max_examples=400, deadline=None)
def test_spans_are_ordered_disjoint_and_inside_and_masking_twice_changes_nothing(
    text: str, region: str | None, earlier: list[str]
) -> None:
    spans = mask_spans(text, region, earlier, names=ANNA)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    shown, replaced = masked_text(text, mask_spans(text, region, names=ANNA), "de")
    assert all(isinstance(span, MaskedSpan) for span in replaced)
    assert mask_spans(shown, region, names=ANNA) == []
