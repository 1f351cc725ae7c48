"""A refusal: what an action answers when it does not do what it was asked. Faults are other exceptions."""

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
    """An action did not happen: the field at fault (as in the input), why, and what would help."""

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
        """Return the same refusal of one of several things: where it stands in the input, and which it is."""
        place = ".".join(path) + (f" ({what})" if what else "")
        return Refusal(
            self.code,
            (*path, *self.field),
            f"{place}: {self.message}",
            self.decision,
            retry_after_seconds=self.retry_after_seconds,
        )


class Refusals(Exception):  # noqa: N818 - as above
    """Several refusals at once: every field of one input that is wrong."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


def not_found(field: str, noun: str) -> Refusal:
    """Return the answer to an id that does not exist, or is not the asker's: the two look the same."""
    return Refusal(RefusalCode.NOT_FOUND, (field,), f"{noun.capitalize()} not found.")
