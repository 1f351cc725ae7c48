"""What is wrong with one row of a complaint file. It quotes no value, so logs stay free of contact data."""

from dataclasses import dataclass
from typing import Literal

Field = Literal["deliveryId", "reason", "explanation", ""]


@dataclass(frozen=True, slots=True)
class FileRowProblem:
    """What is wrong with one row: its number as a spreadsheet shows it, the input's field ("" for the row as
    a whole), that column's heading in the file, and the reason."""

    row: int
    field: Field
    column: str | None
    code: Literal["REQUIRED", "INVALID"]
    message: str
