"""The error that says why a piece of contact data is not accepted.

It never quotes the value: messages are logged.
"""

from models.base.refusal import Refusal, RefusalReason, Sentence, Value


class InvalidValue(ValueError):  # noqa: N818 - named after the problem, like the API's INVALID
    """A text is invalid for its field; the message says why and gives the remedy, as a verb phrase."""

    def __init__(self, reason: RefusalReason, **values: Value) -> None:
        """Take the reason and the values of its placeholders."""
        self.reason, self.values = reason, values
        super().__init__(reason.english(values))

    @property
    def sentence(self) -> Sentence[RefusalReason]:
        """The problem, in any language."""
        return Sentence(self.reason, self.values)

    def refusal(self, *field: str, message: str | None = None) -> Refusal:
        """Return the refusal of the field that has this value."""
        return Refusal(
            self.reason.why.code,
            field,
            message or f"{field[-1]}: {self}",
            reason=self.reason,
            values=self.values,
        )
