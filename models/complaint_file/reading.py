"""Owns what the rows of an uploaded file claim: which delivery, which reason, which explanation (S5.6).

It must not know deliveries: whether one exists, is the vendor's or stands in two rows, its caller says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.complaint_file.claims import ClaimRow, RowReader
from models.complaint_file.errors import ClaimProblem, ComplaintFileError
from models.complaint_file.kinds import MEDIA_TYPES, ClaimFormat, kind_of
from models.complaint_file.recognition import FIELDS, Header, count_recognised, find_header
from models.complaint_file.tables import Line, SheetStart, UnreadableRow, lines_of

_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What a file claims, in its order; `untouched` rows have neither reason nor explanation.

    `headings` are its own, by the fields of the input.
    """

    format: ClaimFormat
    media_type: str
    language: str
    rows: Sequence[ClaimRow]
    problems: Sequence[ClaimProblem]
    untouched: int
    headings: Mapping[str, str]


def read_claims(content: bytes, filename: str) -> ClaimFile:
    """Return what a file claims; rows that are wrong are problems, each by itself.

    A workbook is read in a process of its own and this waits for it, so call it in a thread. Raises
    ComplaintFileError if the file as a whole cannot be taken.
    """
    format_ = kind_of(content, filename)
    lines = lines_of(content, format_)
    header, width = _find_header(lines)
    reader = RowReader(header, width)
    for line in lines:
        if isinstance(line, SheetStart):
            break  # one sheet is enough: the others are the template's own, or the vendor's notes
        reader.take(line)
    lines.close()
    if not reader.rows and not reader.problems:
        raise ComplaintFileError(
            "No row is filled in; choose a reason and write an explanation for each contact that is faulty."
        )
    return ClaimFile(
        format_,
        MEDIA_TYPES[format_],
        header.language,
        reader.rows,
        reader.problems,
        reader.untouched,
        {FIELDS[column]: name for column, name in header.names.items()},
    )


def _find_header(lines: Iterator[Line]) -> tuple[Header, int | None]:
    """Return the headings of the first sheet that has them all, and how wide its rows may be."""
    nearest: list[str] = []
    strict, looked_at = False, 0
    for line in lines:
        if isinstance(line, SheetStart):
            strict, looked_at = line.strict, 0
            continue
        looked_at += 1
        if looked_at > _HEADER_WITHIN or isinstance(line, UnreadableRow):
            continue
        if (recognised := count_recognised(line.cells)) == len(FIELDS):
            return find_header(line.cells), len(line.cells) if strict else None
        if recognised > count_recognised(nearest):
            nearest = line.cells
    return find_header(nearest), None  # raises: it says what is missing
