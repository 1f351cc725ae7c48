"""Owns what is wrong with a complaint file: as a whole, or in one row.

It must not quote a value: the problem's place is enough, and logs stay free of contact data.
"""

from dataclasses import dataclass
from typing import Literal

Field = Literal["deliveryId", "reason", "explanation", ""]


class ComplaintFileError(ValueError):
    """The file as a whole cannot be taken; the message says why and what helps."""


@dataclass(frozen=True, slots=True)
class ClaimProblem:
    """What is wrong with one row: its number as a spreadsheet shows it, the input's field ("" for the row as
    a whole), that column's heading in the file, and the reason."""

    row: int
    field: Field
    column: str | None
    code: Literal["REQUIRED", "INVALID"]
    message: str
