"""Any upload is either read or refused with a message."""

import random
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.tabular.errors import TableError
from tests.models.complaints.file.books import FIXTURES, HEADINGS, read, table, workbook

WORKBOOKS = {
    "xlsx": workbook([HEADINGS, ("RG1", "1", "text")]),
    "xls": (FIXTURES / "filled.xls").read_bytes(),
    "ods": (FIXTURES / "filled.ods").read_bytes(),
}
MAGIC = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xfe\xff",
)


def _try(content: bytes) -> None:
    with suppress(TableError):
        read(content, "complaints")


@given(st.binary(max_size=2000))
@example(b"")
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    _try(content)


@given(st.sampled_from(MAGIC), st.binary(max_size=2000))
def test_random_bytes_after_a_valid_signature_are_read_or_refused(magic: bytes, content: bytes) -> None:
    _try(magic + content)


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=20), st.sampled_from([",", ";", "\t"]))
def test_random_cells_are_read_or_refused(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    content = table(*rows, delimiter=delimiter).encode("utf-8", "surrogatepass")
    _try(content)


@given(st.text(alphabet='RG1,;\t"\n\r =\u00e4\x00'))
def test_random_csv_is_read_or_refused(text: str) -> None:
    _try(b"Delivery ID,Reason,Explanation\n" + text.encode())


@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))), min_size=1, max_size=20))
def test_text_survives_a_csv_unchanged(texts: list[str]) -> None:
    """Each text is a claim with exactly that text, or a problem of its row."""
    found = read(table(*((f"RG{at}", "1", f"a{text}b") for at, text in enumerate(texts))))
    filled = {draft.row: draft.explanation for draft in found.rows}
    refused = {problem.row for problem in found.problems}
    assert filled.keys() | refused == set(range(2, len(texts) + 2))
    assert not filled.keys() & refused


@pytest.mark.parametrize("kind", WORKBOOKS)
@given(seed=st.integers())
@settings(max_examples=40, deadline=None)  # each example starts a process
def test_damaged_workbooks_are_read_or_refused(kind: str, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(WORKBOOKS[kind])
    for _ in range(rng.choice((1, 2, 10, 100))):
        at = rng.randrange(len(content))
        content[at] = rng.randrange(256)
    if rng.random() < 0.2:
        del content[rng.randrange(len(content)) :]
    _try(bytes(content))
