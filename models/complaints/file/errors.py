"""Problems of rows in a complaint file. They quote no value, so logs contain no contact data."""

from dataclasses import dataclass
from typing import Literal

NOT_EXPLAINED = "required. Describe in your own words what is wrong with this contact."

Field = Literal["deliveryId", "reason", "explanation", ""]


@dataclass(frozen=True, slots=True)
class FileRowProblem:
    """What is wrong with one row: its number as in a spreadsheet, the API's field ("" for the whole row), the
    heading of its column in the file, and the message.
    """

    row: int
    field: Field
    column: str | None
    code: Literal["REQUIRED", "INVALID"]
    message: str
