"""The error for a table that is refused as a whole."""

from models.base.refusal import Refusal, RefusalReason, Value


class TableError(ValueError):
    """The whole file cannot be read as a table; the reason says why and how to fix it, without values."""

    def __init__(self, reason: RefusalReason, **values: Value) -> None:
        """Take the reason and the values of its placeholders."""
        self.reason, self.values = reason, values
        super().__init__(reason.english(values))

    def refusal(self, field: str) -> Refusal:
        """Return the refusal of the field that has the file."""
        message = f"{field}: {self}"
        return Refusal(self.reason.why.code, (field,), message, reason=self.reason, values=self.values)
