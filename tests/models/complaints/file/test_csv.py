"""CSV: undeclared encodings, delimiters, headings in four languages, broken rows."""

import io
from itertools import product

import pytest

from models.complaints.file.reading import _ENCODINGS
from models.complaints.file.words import all_words
from models.tabular.encodings import find_encoding
from models.tabular.errors import TableError
from rules.complaint import ComplaintReason
from tests.models.complaints.file.books import HEADINGS, read, table

WRITTEN = {
    "de": (
        "Lieferungs-ID",
        "Grund",
        "Erläuterung",
        "Jürgen Größe sagt: Häuser, Öl und Übermaß gehören ihm nicht.",
    ),
    "pl": (
        "ID dostawy",
        "Powód",
        "Wyjaśnienie",
        "Zażółć gęślą jaźń; Łukasz mówi, że błędny jest też ŚWIĄTECZNY.",
    ),
    "ro": (
        "ID livrare",
        "Motiv",
        "Explicație",
        "Ștefan a spus că firma din Iași și Constanța s-a închis în țară.",
    ),
}
WESTERN = ("cp1252", "latin-1", "cp850", "mac_roman")
CENTRAL = ("cp1250", "iso8859_2", "cp852")
LEGACY = [
    *(("de", encoding) for encoding in (*WESTERN, *CENTRAL)),
    *(("pl", encoding) for encoding in (*CENTRAL, "iso8859_16", "mac_latin2")),
    *(("ro", encoding) for encoding in ("iso8859_16", *CENTRAL)),
]


def _cedilla(text: str) -> str:
    """Replace the comma below Romanian letters with a cedilla, as in Windows encodings."""
    return text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_undeclared_encodings_are_recognised(language: str, encoding: str) -> None:
    *headings, text = WRITTEN[language]
    if encoding != "iso8859_16":
        headings, text = [_cedilla(heading) for heading in headings], _cedilla(text)
    for delimiter, english in product((",", ";", "\t", "|"), (False, True)):
        written = table(("RG1", "1", text), delimiter=delimiter, headings=HEADINGS if english else headings)
        found = read(written.encode(encoding))
        assert found.language == ("en" if english else language), (delimiter, english)
        (draft,) = found.rows
        read_as = draft.row, draft.delivery_id, draft.reason
        assert read_as == (2, "RG1", ComplaintReason.NUMBER_DOES_NOT_EXIST), (delimiter, english)
        # ISO 8859-2 and -16 do not differ in anything else here.
        assert _cedilla(draft.explanation) == _cedilla(text), (delimiter, english)


FEW = ("Müller", "„Müller“ \u2013 so", "Preis: 20 €", "Straße")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", "René aus Genève"), *((encoding, text) for encoding in ("cp1252", "cp1250") for text in FEW)],
)
def test_a_few_letters_decide_the_encoding(encoding: str, text: str) -> None:
    for headings in (HEADINGS, ("Lieferung", "Grund", "Beschreibung")):
        content = table(("RG1", "4", text), headings=headings).encode(encoding)
        assert read(content).rows[0].explanation == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xef\xbb\xbf", "utf-8"),
    ],
)
def test_unicode_encodings_are_recognised(mark: bytes, encoding: str) -> None:
    content = mark + table(("RG1", "2", "Żółć, ștearsă"), delimiter="\t").encode(encoding)
    assert read(content).rows[0].explanation == "Żółć, ștearsă"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfea\x00b",
        b"\xef\xbb\xbf\xff",
        b"a\x00b\x00c",
        b"\xff\xfe\x00\xd8",
        b"a\x00bcdefghijklmnop",
        b"\x81\x8d\x98\x83",
    ],
)
def test_files_that_are_not_text_are_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        read(content)


def test_plain_ascii_is_utf8() -> None:
    assert find_encoding(io.BytesIO(b"a,b\n"), _ENCODINGS, 100) == ("utf-8", 4)


@pytest.mark.parametrize("first", ["sep=;\r\n", "\r\n\r\n", "My complaints of May\r\n;;;\r\n", ";;\r\n" * 8])
def test_headings_need_not_be_the_first_line(first: str) -> None:
    assert read(first + table(("RG1", "1", "a;b,c"), delimiter=";")).rows[0].explanation == "a;b,c"


def test_headings_below_the_tenth_row_are_not_found() -> None:
    with pytest.raises(TableError, match="no known headings"):
        read("x,y,z\n" * 10 + table(("RG1", "1", "a")))


def test_headings_in_any_combination_of_languages_are_read() -> None:
    words = all_words()
    for first in words.values():
        for second in words.values():
            headings = [first.headings[key] for key in list(first.synonyms)[:2]] + [
                second.synonyms[list(second.synonyms)[2]][0]
            ]
            assert len(read(table(("RG1", "1", "x"), headings=headings)).rows) == 1


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (("Delivery ID", "Reason"), 'is missing columns: "Explanation"'),
        (("Grund", "Name"), 'is missing columns: "Delivery ID"'),
        (("Delivery ID", "Reason", "Grund", "Explanation"), '"Reason" and "Grund" have the same meaning'),
        (("a", "b"), "no known headings"),
    ],
)
def test_invalid_headings_are_refused(headings: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(table(["x"] * len(headings), headings=headings))


def test_broken_rows_do_not_affect_others() -> None:
    found = read(
        "Delivery ID,Reason,Explanation\n"
        "RG1,1,fine\n"
        'RG2,1,"never closed\n'
        "RG3,1,with, a comma\n"
        "RG4,1\n"
        "RG5,1,fine,,,\n"
        f"RG6,1,{'x' * 70_000}\n"
        "RG7,1,fine\n"
    )
    assert [draft.row for draft in found.rows] == [2, 6, 8]
    assert [(problem.row, problem.field, problem.code) for problem in found.problems] == [
        (3, "", "INVALID"),
        (4, "", "INVALID"),
        (5, "explanation", "REQUIRED"),
        (7, "", "INVALID"),
    ]
    assert "an unclosed quote" in str(found.problems[0].reason)
    assert "row 4 has 4 columns, the header has 3" in str(found.problems[1].reason)


def test_an_explanation_may_have_several_lines() -> None:
    assert read(table(("RG1", "1", "one\r\ntwo"))).rows[0].explanation == "one\ntwo"


def test_an_explanation_in_an_encoding_of_another_script_is_refused() -> None:
    content = table(("RG1", "4", "неверный номер телефона")).encode("cp1251")
    with pytest.raises(TableError, match="unsupported encoding"):
        read(content)


def test_a_sign_before_a_number_is_not_read_as_a_letter() -> None:
    """The byte of the pound sign is a letter of Windows-1250 and of code page 852."""
    assert read(table(("RG1", "4", "paid £500")).encode("cp1252")).rows[0].explanation == "paid £500"


def test_characters_that_nobody_sees_are_left_out() -> None:
    row = read(table(("RG1\u200b", "4", "\u202a+48 601\u202c\x0bcalled")).encode()).rows[0]
    assert (row.delivery_id, row.explanation) == ("RG1", "+48 601\ncalled")
