"""Errors of the API: refusals as user errors, everything else as coded or masked GraphQL errors.

The text of a fault is never shown. It is logged under the id that the client receives.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import MissingQueryError
from strawberry.extensions import MaskErrors
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from models.base.refusal import Refusal, RefusalCode, RefusalReason, Refusals, Value
from models.base.unavailable import RETRY_AFTER, TooSlow, Unavailable
from models.process.faults import kind, places
from rules import Decision

REFUSED = (Refusal, Refusals)
# Strawberry's messages for a document without an operation that can be run.
_NO_OPERATION = (CannotGetOperationTypeError, InvalidOperationTypeError, MissingQueryError)
_CLIENTS = (GraphQLError, *_NO_OPERATION)
BAD_REQUEST = "BAD_REQUEST"
UNAVAILABLE = "UNAVAILABLE"
UNAUTHENTICATED = "UNAUTHENTICATED"
# Reasons, in `extensions.reason`. TOKEN_EXPIRED calls for a refresh, SESSION_ENDED for signing in again.
TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID, SESSION_ENDED = (
    "TOKEN_MISSING",
    "TOKEN_EXPIRED",
    "TOKEN_INVALID",
    "SESSION_ENDED",
)
# Of the arguments of a list.
CURSOR_INVALID, CURSOR_UNAVAILABLE, PAGE_SIZE_OUT_OF_RANGE = (
    "CURSOR_INVALID",
    "CURSOR_UNAVAILABLE",
    "PAGE_SIZE_OUT_OF_RANGE",
)
TIME_OUT_OF_REACH = "TIME_OUT_OF_REACH"
RETRY = "retryAfter"  # seconds, sent with UNAVAILABLE during an outage
_TOO_MANY_WRONG = "Too many errors processing variables"  # graphql-core's, without a location in the document
# The names that the best-known servers use.
PARSE_FAILED, VALIDATION_FAILED, BAD_INPUT = (
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT",
)

_log = structlog.get_logger(__name__)


class ClientError(GraphQLError):
    """An error that the client can fix, outside a mutation's payload; `code` is its kind, `reason` is more
    specific.
    """

    @classmethod
    def of(cls, refusal: Refusal) -> "ClientError":
        """Return the error of a query for what an action of the models refused."""
        reason = refusal.reason.name if refusal.reason else None
        return cls(refusal.code, refusal.message, refusal.field, reason=reason)

    def __init__(
        self, code: str, message: str, field: tuple[str, ...] = (), *, reason: str | None = None
    ) -> None:
        extensions: dict[str, object] = {"code": code}
        if reason:
            extensions["reason"] = reason
        if field:
            extensions["field"] = list(field)
        super().__init__(message, extensions=extensions)


def unauthenticated() -> ClientError:
    """Return the error for a client that must sign in first."""
    return ClientError(
        UNAUTHENTICATED,
        "Sign in first. Send the accessToken of `signIn` as `Authorization: Bearer …`, "
        "or as `Authorization` in the payload of `connection_init`.",
        reason=TOKEN_MISSING,
    )


def token_expired() -> ClientError:
    """Return the error that ends a subscription whose token has expired."""
    return ClientError(
        UNAUTHENTICATED,
        "Your access token is no longer valid. Connect again with a new one.",
        reason=TOKEN_EXPIRED,
    )


def unavailable() -> ClientError:
    """Return the error that ends a subscription when the server stops."""
    return ClientError(UNAVAILABLE, "The server is restarting. Subscribe again after the last cursor.")


def database_away(*, writing: bool) -> ClientError:
    """Return the error while the database is unavailable, read-only or restarting, with the time to
    retry.
    """
    text = f"The database is not available. Try again in {RETRY_AFTER} s."
    if writing:
        text = (
            "The database is not available. The operation may not have been carried out. "
            "Retry it with the same idempotencyKey."
        )
    error = ClientError(UNAVAILABLE, text)
    error.extensions = {**(error.extensions or {}), RETRY: RETRY_AFTER}
    return error


def too_slow(what: str, *, writing: bool) -> ClientError:
    """Return the error for a timeout; `what` is, for example, "The operation took longer than 20
    seconds".
    """
    remedy = "Request less data, or use a narrower filter."
    if writing:
        remedy = (
            "It may still have been carried out. Read the affected objects, or retry it "
            "with the same idempotencyKey."
        )
    return ClientError("TIMEOUT", f"{what} and was cancelled. {remedy}")


def needs_stream() -> ClientError:
    """Return the error for a subscription over a transport with a single response."""
    return ClientError(
        BAD_REQUEST,
        "A subscription requires `Accept: text/event-stream` or a WebSocket (graphql-transport-ws).",
    )


def forbidden(message: str) -> ClientError:
    """Return the error for a viewer without permission."""
    return ClientError("FORBIDDEN", message)


@dataclass(frozen=True, slots=True)
class RefusalView:
    """A refusal as data, because graphql-core would treat the exception as a fault."""

    code: RefusalCode
    field: tuple[str, ...]
    message: str
    decision: Decision | None
    retry_after_seconds: int | None
    reason: RefusalReason | None
    values: Mapping[str, Value]
    place: str


def refused(error: Refusal | Refusals) -> list[RefusalView]:
    """Return the refusals of an action, for a payload's `userErrors`."""
    refusals = error.refusals if isinstance(error, Refusals) else [error]
    return [
        RefusalView(
            one.code,
            one.field,
            one.message,
            one.decision,
            one.retry_after_seconds,
            one.reason,
            one.values,
            one.place,
        )
        for one in refusals
    ]


def fault(error: BaseException | None, path: list[str | int] | None = None) -> GraphQLError:
    """Log a fault under a new id and return an error that contains only this id. An unavailable or slow
    database is not a fault: it is reported as such, and not logged here.
    """
    if isinstance(error, Unavailable | TooSlow):
        outage = _outage(error)
        outage.path = path
        return outage
    fault_id = uuid.uuid4().hex
    # The text of an exception may quote a value, so only its kind and the places in the code are logged.
    name = kind(error) if error is not None else "unknown"
    _log.error("fault", fault_id=fault_id, path=path, kind=name, trace=places(error))
    return GraphQLError(
        f"Internal error. Quote {fault_id} if you contact support.",
        path=path,
        extensions={"code": "INTERNAL", "id": fault_id},
    )


def _outage(error: Unavailable | TooSlow) -> GraphQLError:
    if isinstance(error, Unavailable):
        return database_away(writing=error.writing)
    return too_slow("A database query took too long", writing=error.writing)


def is_outage(error: object) -> bool:
    """Return whether an error, or its form in a response, says that the database is unavailable."""
    extensions = error.get("extensions") if isinstance(error, Mapping) else getattr(error, "extensions", None)
    return isinstance(extensions, Mapping) and extensions.get("code") == UNAVAILABLE and RETRY in extensions


def code_of(error: GraphQLError) -> str | None:
    """Return the code that an error carries."""
    code = (error.extensions or {}).get("code")
    return code if isinstance(code, str) else None


def with_code(error: GraphQLError, code: str | None) -> GraphQLError:
    """Add a code to an error, unless it has one."""
    if code is not None and code_of(error) is None:
        error.extensions = {**(error.extensions or {}), "code": code}
    return error


def masked(error: Exception) -> GraphQLError:
    """Return an error as the client may see it: a fault as its id, anything else unchanged, with a code."""
    if not isinstance(error, GraphQLError):
        return fault(error)
    if _is_fault(error):
        return fault(error.original_error, error.path)
    return with_code(error, _code_of_library(error))


def _is_fault(error: GraphQLError) -> bool:
    # graphql-core wraps what a resolver raises, with its path; its errors about documents and variables have
    # only locations, with a scalar's own error as their cause.
    cause = error.original_error
    if error.path is not None and isinstance(cause, GraphQLError) and not cause.nodes:
        return code_of(cause) is None  # a value that its scalar could not write; the text quotes it
    found_in_document = error.path is None and bool(error.nodes)
    return not (found_in_document or cause is None or isinstance(cause, _CLIENTS))


def _code_of_library(error: GraphQLError) -> str | None:
    """Return the code of an error of graphql-core or strawberry; errors in documents have theirs by then."""
    if isinstance(error, GraphQLSyntaxError):
        return PARSE_FAILED
    if error.message.startswith(_TOO_MANY_WRONG):
        return BAD_INPUT
    cause = error.original_error
    if isinstance(cause, _NO_OPERATION):
        return BAD_REQUEST
    # An invalid variable, or an argument that a variable made invalid: it has a location in the document.
    argument = cause.nodes if isinstance(cause, GraphQLError) else None
    return BAD_INPUT if error.nodes and (error.path is None or argument) else None


class MaskFaults(MaskErrors):
    """Masks faults, keeping their id and code; errors in documents and errors with a code pass."""

    def __init__(self) -> None:
        super().__init__(should_mask_error=_is_fault)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """Log a fault and return what the client may see of it."""
        masked = fault(error.original_error, error.path)
        return GraphQLError(masked.message, nodes=error.nodes, path=error.path, extensions=masked.extensions)

    def mask(self, errors: Iterable[GraphQLError]) -> list[GraphQLError]:
        """Return errors as the client may see them."""
        return [self.anonymise_error(error) if _is_fault(error) else error for error in errors]
