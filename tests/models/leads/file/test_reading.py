"""Reading files: encodings, delimiters, row numbers, hostile input, bounded memory."""

import io
import tempfile
import tracemalloc
from collections.abc import Iterator

import pytest

from models.leads.file import lead_files
from models.tabular.errors import TableError
from models.tabular.headed import FileRow, HeadedTable
from models.tabular.reading import open_csv
from models.tabular.tables import CsvLimits, UnreadableRow
from tests.models.leads.file.opening import open_lead_file

UNCLOSED = "has an unclosed quote; close it, or double each quote that is part of the text"


def _open(data: bytes | str) -> HeadedTable:
    raw = data.encode() if isinstance(data, str) else data
    return open_lead_file(io.BytesIO(raw))


def _why(row: UnreadableRow) -> str:
    """The reason without the number, which each one begins with."""
    number, reason = str(row.reason).removeprefix("row ").split(" ", 1)
    assert int(number) == row.number
    return reason


def _rows(data: bytes | str) -> list[tuple[int, tuple[str, ...] | str]]:
    return [(row.number, row.values if isinstance(row, FileRow) else _why(row)) for row in _open(data).rows()]


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter", "name"),
    [
        ("Name,Ort\nJ\u00fcrgen,K\u00f6ln\n".encode(), "utf-8", ",", "J\u00fcrgen"),
        ("Name;Ort\r\nJ\u00fcrgen;K\u00f6ln\r\n".encode("utf-8-sig"), "utf-8-sig", ";", "J\u00fcrgen"),
        ("Name\tOrt\nJ\u00fcrgen\tK\u00f6ln\n".encode("cp1252"), "cp1252", "\t", "J\u00fcrgen"),
        ("Name;Ort\r\u20ac;K\u00f6ln\r".encode("cp1252"), "cp1252", ";", "\u20ac"),
        (b"Name,Ort\r\nAnna,Koeln", "utf-8", ",", "Anna"),
        (b"Name,a;b;c\nAnna,1\nBert,2\n", "utf-8", ",", "Anna"),  # the header alone would suggest a semicolon
        (b"sep=;\nName;a,b,c\nAnna;1\n", "utf-8", ";", "Anna"),
        (b'"Na\nme";Ort\nAnna;K\n', "utf-8", ";", "Anna"),
        (b"\r\n\r\nName;Ort\r\nAnna;K\r\n", "utf-8", ";", "Anna"),
        (b"Name\nAnna\n", "utf-8", ",", "Anna"),
    ],
)
def test_encoding_and_delimiter_are_recognised(data: bytes, encoding: str, delimiter: str, name: str) -> None:
    file = _open(data)
    first = next(file.rows())
    assert (file.table.encoding, file.table.delimiter) == (encoding, delimiter)
    assert file.header[0] in {"Name", "Na me"}
    assert isinstance(first, FileRow)
    assert first.values[0] == name


def test_one_umlaut_in_the_last_row_decides_the_encoding() -> None:
    data = b"Name,Ort\n" + b"Anna,Berlin\n" * 20_000 + "J\u00fcrgen,K\u00f6ln\n".encode("cp1252")
    assert _open(data).table.encoding == "cp1252"
    assert _rows(data)[-1] == (20_002, ("J\u00fcrgen", "K\u00f6ln"))


def test_a_character_on_the_border_of_two_chunks_stays_whole() -> None:
    data = b"Name\n" + b"x" * (64 * 1024 - 6) + "\u20ac\n".encode() + b"y\n"
    assert _open(data).table.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\r\n\n", "no header"),
        (b"\xef\xbb\xbf", "no header"),
        ("\u200b,\u00ad\n".encode(), "no header"),
        (b"Name,Ort\nAn\x00na,K\n", "not a table in a supported format"),
        (b"Name\n" + b"a\n" * 50_000 + b"\x00", "not a table in a supported format"),
        (b"PK\x03\x04 workbook", "damaged or incomplete"),
        (b"Name\n\x81\xfc\n", "an unsupported encoding"),
        (b"\xef\xbb\xbfName\nJ\xfcrgen\n", "contains binary data"),
        (
            b"Name\n\xed\xa0\x80\x81\n",
            "an unsupported encoding",
        ),  # a lone surrogate, as some programs write it
        (",".join(f"c{n}" for n in range(10_000)).encode(), "more than 1,000 columns"),
        (b"Na\x07me,Ort\nx,y\n", "column 1"),
        (b'"Name,Ort\nx,y\n', "quote"),
        (b"x" * 140_000, "longer than 131072"),
        (b"a" * 300 + b",b\n", "column 1"),
    ],
)
def test_a_file_that_is_not_a_list_of_leads_is_refused_with_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        _open(data)


def test_columns_of_one_name_are_numbered() -> None:
    assert _open("Name,Phone,,Phone,Phone,\na,1,,2,3,\n").header == (
        *("Name", "Phone", "", "Phone (2)", "Phone (3)"),
    )
    assert _open("Phone,Phone,Phone (2)\n1,2,3\n").header == ("Phone", "Phone (3)", "Phone (2)")


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(TableError, match="larger than 1 MiB"):
        open_csv(io.BytesIO(b"Name\n" + b"Anna\n" * 300_000), lead_files(csv_limits=CsvLimits(2**20, 100)))


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    assert _rows('Name,Note\nA,"one\ntwo\r\nthree"\n\n , \nB,x\n') == [
        (2, ("A", "one\ntwo\r\nthree")),
        (5, ("B", "x")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_work(end: str) -> None:
    assert _rows(end.join(["a;b", "1;2", "", "3;4"])) == [(2, ("1", "2")), (4, ("3", "4"))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1\n2,3\n", [(2, ("1", "")), (3, ("2", "3"))]),  # blank cells at the end are left out
        ("a,b\n1,2,3\n2,3\n", [(2, "has 3 columns, the header has 2"), (3, ("2", "3"))]),
        ("a,b,,\n1,2,,\n3,4\n", [(2, ("1", "2")), (3, ("3", "4"))]),  # empty columns at the end
        ('a,b\n"x"y,2\n3,4\n', [(2, "has text after a closing quote"), (3, ("3", "4"))]),
        ('a,b\n5" pipe,2\n', [(2, ('5" pipe', "2"))]),
        ('a,b\n"say ""hi""",2\n', [(2, ('say "hi"', "2"))]),
        ('a,b\n"x,1\ny,2\nz,3', [(2, UNCLOSED), (3, ("y", "2")), (4, ("z", "3"))]),
        ('a,b\n"x,1\ny,2\n"z",3\nk,4\n', [(2, UNCLOSED), (3, ("y", "2")), (4, ("z", "3")), (5, ("k", "4"))]),
        ('a,b\n1,2\n"', [(2, ("1", "2")), (3, UNCLOSED)]),
    ],
)
def test_a_malformed_row_affects_no_other_row(
    text: str, rows: list[tuple[int, tuple[str, ...] | str]]
) -> None:
    got = _rows(text)
    assert [number for number, _ in got] == [number for number, _ in rows]
    for (_, value), (_, expected) in zip(got, rows, strict=True):
        assert value == expected or (
            isinstance(value, str) and isinstance(expected, str) and expected in value
        )


def test_a_row_of_a_megabyte_is_refused_and_the_next_one_read() -> None:
    for long in (b"x" * 10**6 + b",1\n", b'"' + b"x" * 10**6 + b'",1\n', b"," * 10**6 + b"\n"):
        assert _rows(b"a,b\n" + long + b"2,3\n") == [
            (2, "is longer than 131072 characters; shorten it"),
            (3, ("2", "3")),
        ]


def test_a_long_line_after_an_open_quote_does_not_affect_the_next() -> None:
    assert _rows(b'a,b\n"o,1\n' + b"x" * 140_000 + b"\n2,3\n4,5\n") == [
        (2, UNCLOSED),
        (3, "is longer than 131072 characters; shorten it"),
        (4, ("2", "3")),
        (5, ("4", "5")),
    ]


def test_stray_quotes_do_not_cost_quadratic_time() -> None:
    """A reader that goes back to each of them would take hours."""
    assert len(_rows(b"a,b\n" + b'"x,1\ny,2\nz,3\n' * 40_000)) > 1000
    assert _rows(b"a,b\n" + b'"x,1\n' + b"y,2\n" * 50_000)[1:3] == [(3, ("y", "2")), (4, ("y", "2"))]


def test_progress_reaches_the_end_and_the_stream_stays_open() -> None:
    stream = io.BytesIO(b"a,b\n" + b"1,2\n" * 100_000)
    file = open_lead_file(stream)
    assert file.table.bytes_total == 400_004
    seen = [file.table.bytes_read for _ in file.rows()]
    assert seen == sorted(seen)
    assert file.table.bytes_read == file.table.bytes_total
    del file
    assert not stream.closed


def test_a_spooled_upload_can_be_read() -> None:
    with tempfile.SpooledTemporaryFile(max_size=1000) as upload:
        upload.write(b"a;b\n" + b"1;2\n" * 1000)
        assert sum(1 for _ in open_lead_file(upload).rows()) == 1000


class _Endless(io.RawIOBase):
    """A file of 100,000 rows that is never in memory as a whole."""

    _BLOCK = (
        b'"Anna Berg","+49 30 123456","anna@berg.example","A brief of some words, and then some more"\r\n'
        * 100
    )
    _BLOCKS = 1000

    def __init__(self) -> None:
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        assert (offset, whence) == (0, 0)
        self._at = 0
        return 0

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        end = len(self._BLOCK) * self._BLOCKS
        start, stop = self._at, min(self._at + (size if size >= 0 else end), end)
        self._at = stop
        first = start // len(self._BLOCK)
        shift = start - first * len(self._BLOCK)
        return (self._BLOCK * ((stop - start) // len(self._BLOCK) + 2))[shift : shift + stop - start]

    read1 = read


def _count(rows: Iterator[FileRow | UnreadableRow]) -> int:
    return sum(isinstance(row, FileRow) for row in rows)


def test_a_hundred_thousand_rows_need_little_memory() -> None:
    tracemalloc.start()
    try:
        file = open_lead_file(_Endless())  # type: ignore[arg-type]
        assert _count(file.rows()) == 99_999
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * 2**20


def _name_of(name: str, encoding: str, heading: str = "Name", *, country: str | None = None) -> str:
    data = f"{heading};Email\r\n{name};a@ninthrow.example\r\n".encode(encoding)
    (row,) = open_lead_file(io.BytesIO(data), country=country).rows()
    assert isinstance(row, FileRow)
    return row.values[0]


BODY = "Name;Email\r\nAda;a@ninthrow.example\r\n"
ADA = (2, ("Ada", "a@ninthrow.example"))


@pytest.mark.parametrize(
    ("data", "row"),
    [
        ("\ufeff\ufeff" + BODY, 2),
        ("\ufeff\ufeff\ufeffsep=;\r\n" + BODY, 3),
        ('"sep=;"\r\n' + BODY, 3),
        ("SEP=;\n" + BODY, 3),
        ("sep=|\n" + BODY.replace(";", "|"), 3),
        (BODY.replace("Name", "Name\u200b"), 2),
        (BODY.replace("Email", "\u2060E\u00admail"), 2),
        ("Leads;\r\n;\r\n" + BODY, 4),
        ("Leads of November 2026\r\nOffice Berlin;;\r\n\r\n" + BODY, 5),
        ("\u200b;\u200b\r\n" + BODY, 3),
        ("Name of the campaign;Spring\r\n" + BODY, 3),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_above_the_header_are_skipped(data: str, row: int, encoding: str) -> None:
    file = _open(data.encode(encoding))
    assert file.header == ("Name", "Email")
    assert [(one.number, one.values) for one in file.rows() if isinstance(one, FileRow)] == [(row, ADA[1])]


def test_columns_without_a_name_may_have_values() -> None:
    assert _rows("Name;;Email;\nAda;x;a@ninthrow.example;y\n") == [(2, ("Ada", "x", "a@ninthrow.example"))]


def test_a_blank_may_precede_a_quoted_value() -> None:
    assert _rows('Name, Email\n"Ada", "a@ninthrow.example"\n') == [ADA]


def test_a_file_without_two_known_headings_begins_with_its_first_row() -> None:
    assert _open("Wer;Was\n1;2\n").header == ("Wer", "Was")
    assert _rows("Wer;Was\n" + "1;2\n" * 12) == [(number, ("1", "2")) for number in range(2, 14)]
    assert _rows("Name\nAnna\n") == [(2, ("Anna",))]


POLISH, ROMANIAN, CZECH = (
    "\u0141ukasz \u017b\u00f3\u0142\u0107",
    "\u0218tefan \u021aepe\u0219",
    "Ji\u0159\u00ed Dvo\u0159\u00e1k",
)
GERMAN, FRENCH, DANISH = "J\u00fcrgen Wei\u00df", "H\u00e9l\u00e8ne", "Sk\u00e6rb\u00e6k"


@pytest.mark.parametrize(
    ("name", "encoding", "country"),
    [
        (POLISH, "cp1250", None),
        (POLISH, "iso8859_2", None),
        (POLISH, "cp1250", "DE"),
        ("Cz\u0119stochowa \u015awiebodzin \u017ar\u00f3d\u0142a", "cp1250", None),
        ("Cz\u0119stochowa \u015awiebodzin \u017ar\u00f3d\u0142a", "iso8859_2", None),
        ("\u015etefan \u0162epe\u015f", "cp1250", None),
        (CZECH, "cp1250", "CZ"),
        (GERMAN, "cp1252", None),
        (GERMAN, "cp1250", None),
        (FRENCH, "cp1252", "FR"),
        ("J\u00f8rgen \u00d8stg\u00e5rd", "cp1252", "DK"),
        ("\u20ac 5 \u2013 \u201eA\u201c", "cp1252", None),
        ("John Smith, \u00a3500", "cp1252", "GB"),
        ("25 m\u00b3", "cp1252", "DE"),
        (f"{POLISH} {GERMAN}", "cp1250", "DE"),
        (f"{POLISH} Fran\u00e7ois Andr\u00e9", "cp1250", "DE"),
        (f"{GERMAN} \u0160koda", "cp1252", "DE"),
    ],
)
def test_names_in_a_windows_or_iso_encoding_are_as_written(
    name: str, encoding: str, country: str | None
) -> None:
    assert _name_of(name, encoding, country=country) == name


@pytest.mark.parametrize(
    ("name", "encoding", "country"),
    [
        (GERMAN, "mac_roman", "DE"),
        (GERMAN, "cp850", "DE"),
        ("M\u00e4rz", "mac_roman", "DE"),
        ("Mu\u00f1oz", "mac_roman", "ES"),
        (POLISH, "mac_latin2", "PL"),
        (POLISH, "cp1257", "PL"),
        ("\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432", "cp1251", "PL"),
        ("\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432", "cp1251", "DE"),
        ("\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2 \u03a0\u03b1\u03c0\u03c0\u03ac\u03c2", "cp1253", "PL"),
        ("\u015e\u00fckr\u00fc Y\u0131ld\u0131z", "cp1254", "DE"),
        ("\u5c71\u7530\u592a\u90ce", "shift_jis", "DE"),
    ],
)
def test_a_name_in_another_encoding_is_refused(name: str, encoding: str, country: str) -> None:
    """Every byte of them is a letter or sign of Windows-1252 or -1250."""
    with pytest.raises(TableError, match=r"unsupported encoding|ambiguous"):
        _name_of(name, encoding, country=country)


@pytest.mark.parametrize(
    ("heading", "name", "encoding"),
    [
        ("Nazwisko", "Kova\u0107", "cp1250"),
        ("Nume", "S\u0103vescu", "cp1250"),
        ("Nachname", FRENCH, "cp1252"),
    ],
)
def test_the_language_of_the_headings_decides(heading: str, name: str, encoding: str) -> None:
    assert _name_of(name, encoding, heading) == name


def test_iso_8859_16_is_read_with_cedillas() -> None:
    """Its letters are those of Windows-1250, with commas instead of cedillas, which the bytes do not show."""
    cedillas = str.maketrans("\u0218\u0219\u021a\u021b", "\u015e\u015f\u0162\u0163")
    assert _name_of(ROMANIAN, "iso8859_16") == ROMANIAN.translate(cedillas)


@pytest.mark.parametrize(
    ("name", "encoding", "country"),
    [
        (DANISH, "cp1252", None),
        (DANISH, "cp1252", "DK"),
        (FRENCH, "cp1252", None),
        (FRENCH, "cp1252", "PL"),
        (CZECH, "cp1250", None),
    ],
)
def test_bytes_that_mean_different_letters_in_two_encodings_are_refused(
    name: str, encoding: str, country: str | None
) -> None:
    """The same byte is æ in Windows-1252 and ć in Windows-1250; a wrong name would be sold."""
    with pytest.raises(TableError, match=r"encoding is ambiguous.* save it as CSV in UTF-8"):
        _name_of(name, encoding, country=country)
