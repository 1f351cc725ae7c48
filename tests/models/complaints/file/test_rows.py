"""Single rows: each is refused with its row, column and reason, while the others are read."""

from collections.abc import Sequence

import pytest

from models.complaints.file import FileRowProblem
from models.complaints.file.rows import MAX_ROWS
from models.complaints.refusals import ComplaintRefusal
from models.tabular.errors import TableError
from rules.complaint import ComplaintReason
from tests.models.complaints.file.books import HEADINGS, read, table, workbook

WHY = "required. Describe in your own words what is wrong with this contact."


@pytest.mark.parametrize(
    ("cells", "field", "column", "code", "message"),
    [
        (
            ("", "1", "text"),
            "deliveryId",
            "Delivery ID",
            "REQUIRED",
            "required. Copy the ID from the template.",
        ),
        (
            ("RG1", "", "text"),
            "reason",
            "Reason",
            "REQUIRED",
            "required. Choose what is wrong with this contact.",
        ),
        (("RG1", "1", ""), "explanation", "Explanation", "REQUIRED", WHY),
        (("RG1", "1", " \t "), "explanation", "Explanation", "REQUIRED", WHY),
        (
            ("RG1", "77", "text"),
            "reason",
            "Reason",
            "INVALID",
            "unknown reason. Choose one of: 1. The number",
        ),
        (("RG1", "1. The address is wrong", "text"), "reason", "Reason", "INVALID", "unknown reason."),
        (("RG1", "1", "x" * 5001), "explanation", "Explanation", "INVALID", "is longer than 5000 characters"),
        (("RG1", "1", "a\x07b"), "explanation", "Explanation", "INVALID", "has the character U+0007"),
        (("RG1", "1", "a\u202eb"), "explanation", "Explanation", "INVALID", "has the character U+202E"),
        (("R" * 201, "1", "text"), "deliveryId", "Delivery ID", "INVALID", "is longer than 200 characters"),
        (("RG\x001", "1", "text"), "deliveryId", "Delivery ID", "INVALID", "has the character U+0000"),
    ],
)
def test_an_invalid_row_is_refused_with_its_reason(
    cells: tuple[str, ...], field: str, column: str, code: str, message: str
) -> None:
    good = ("RG9", "2", "text")
    contents = [workbook([HEADINGS, good, cells, good])]
    if "\x00" not in cells[0]:
        contents.append(table(good, cells, good).encode())
    for content in contents:
        found = read(content)
        assert [draft.row for draft in found.rows] == [2, 4]
        (problem,) = found.problems
        assert (problem.row, problem.field, problem.column, problem.code) == (3, field, column, code)
        assert str(problem.reason).startswith(message)


def test_every_problem_of_a_row_uses_the_files_headings() -> None:
    found = read(table(("", "egal", ""), headings=("Lieferung", "Grund", "Beschreibung")))
    assert [(problem.field, problem.column) for problem in found.problems] == [
        ("deliveryId", "Lieferung"),
        ("explanation", "Beschreibung"),
        ("reason", "Grund"),
    ]
    assert "2. Die Nummer gehört einer anderen Person" in str(found.problems[2].reason)
    assert "egal" not in str(found.problems[2].reason)


def test_rows_keep_their_numbers_when_others_are_blank() -> None:
    rows: list[Sequence[str | float]] = [
        ["a note"],
        [],
        HEADINGS,
        [],
        ["RG1", "1", "x"],
        [],
        [],
        ["RG2", "1", ""],
        ["RG3", "", ""],
        ["RG4", 9, 12.5],
    ]
    found = read(workbook(rows))
    assert [(draft.row, draft.delivery_id, draft.explanation) for draft in found.rows] == [
        (5, "RG1", "x"),
        (10, "RG4", "12.5"),
    ]
    assert found.rows[1].reason is ComplaintReason.NOT_INTERESTED
    assert found.problems == [
        FileRowProblem(8, "explanation", "Explanation", ComplaintRefusal.EXPLANATION_MISSING.sentence()),
    ]
    assert found.untouched == 1


def test_more_than_ten_thousand_filled_rows_are_refused() -> None:
    row = "RG,1,x\n"
    head = "Delivery ID,Reason,Explanation\n"
    assert len(read(head + row * 10_000 + "RG,,\n" * 100).rows) == 10_000
    with pytest.raises(TableError, match="more than 10000 filled rows"):
        read(head + row * 10_001)
    with pytest.raises(TableError, match=f"more than {MAX_ROWS} rows"):
        read(head + "RG,,\n" * MAX_ROWS + row)
    with pytest.raises(TableError, match="more than 200000 rows, including blank ones"):
        read(head + "\n" * 200_000)


def test_an_apostrophe_against_formulas_is_removed() -> None:
    found = read(table(("RG1", "1", "'- no answer, 'nobody'"), ("RG2", "1", "'quoted'")))
    assert [draft.explanation for draft in found.rows] == ["- no answer, 'nobody'", "'quoted'"]
