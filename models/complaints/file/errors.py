"""Problems of rows in a complaint file. They quote no value, so logs contain no contact data."""

from dataclasses import dataclass
from typing import Literal

from models.base.refusal import RefusalCode, RefusalReason, Sentence

Field = Literal["deliveryId", "reason", "explanation", ""]


@dataclass(frozen=True, slots=True)
class FileRowProblem:
    """What is wrong with one row: its number as in a spreadsheet, the API's field ("" for the whole row), the
    heading of its column in the file, and the reason.
    """

    row: int
    field: Field
    column: str | None
    reason: Sentence[RefusalReason]

    @property
    def code(self) -> RefusalCode:
        """The kind of problem."""
        return self.reason.wording.why.code
