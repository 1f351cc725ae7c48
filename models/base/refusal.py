"""Refusals: raised by an action that does not do what was requested. Faults are other exceptions."""

from enum import StrEnum

from rules import Decision


class RefusalCode(StrEnum):
    """Why something was refused; the API's `UserErrorCode`."""

    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    STALE_VERSION = "STALE_VERSION"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INSUFFICIENT_POINTS = "INSUFFICIENT_POINTS"
    REFUSED_BY_RULE = "REFUSED_BY_RULE"
    CONFLICT = "CONFLICT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """An action was refused: the field at fault (as in the input), the reason and the remedy."""

    def __init__(
        self,
        code: RefusalCode,
        field: tuple[str, ...],
        message: str,
        decision: Decision | None = None,
        *,
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message
        self.decision = decision
        self.retry_after_seconds = retry_after_seconds

    def within(self, path: tuple[str, ...], what: str = "") -> "Refusal":
        """Return the same refusal for one of several items: with its path in the input, and which item it
        is.
        """
        place = ".".join(path) + (f" ({what})" if what else "")
        return Refusal(
            self.code,
            (*path, *self.field),
            f"{place}: {self.message}",
            self.decision,
            retry_after_seconds=self.retry_after_seconds,
        )


class Refusals(Exception):  # noqa: N818 - as above
    """Several refusals together: all invalid fields of one input."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


def not_found(field: str, noun: str) -> Refusal:
    """Return the refusal for an id that does not exist or belongs to somebody else: the two look the same."""
    return Refusal(RefusalCode.NOT_FOUND, (field,), f"{noun.capitalize()} not found.")
