"""The error that says why a piece of contact data is not accepted.

It never quotes the value: messages are logged.
"""

from models.base.refusal import Refusal, RefusalReason, Value
from models.base.refusals import RequestRefusal


class InvalidValue(ValueError):  # noqa: N818 - named after the problem, like the API's INVALID
    """A text is invalid for its field; the message says why and gives the remedy, as a verb phrase."""

    def __init__(self, why: RefusalReason | str, **values: Value) -> None:
        """Take the reason and the values of its placeholders.

        A text alone is for what is only reported in English, such as the rows of an import.
        """
        if isinstance(why, str):
            self.reason: RefusalReason = RequestRefusal.VALUE_INVALID
            self.values: dict[str, Value] = {"detail": why}
        else:
            self.reason, self.values = why, values
        super().__init__(self.reason.english(self.values))

    def refusal(self, *field: str, message: str | None = None) -> Refusal:
        """Return the refusal of the field that has this value."""
        return Refusal(
            self.reason.why.code,
            field,
            message or f"{field[-1]}: {self}",
            reason=self.reason,
            values=self.values,
        )
