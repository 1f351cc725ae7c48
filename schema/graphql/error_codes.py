"""Registry of the error codes: what each means, what a client does, and whether to retry.

The API reference and the tables of docs/errors.md are generated from it. The meaning of a user error's code
is its description in the SDL.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import schema.graphql.enums  # noqa: F401 - describes the codes
from models.base.refusal import RefusalCode


@dataclass(frozen=True, slots=True)
class Advice:
    """What an error means, what a client does, and whether the same request may succeed later."""

    meaning: str
    action: str
    retry: str


NO, LATER = "no", "yes, later"


def _meaning(code: RefusalCode) -> str:
    definition = RefusalCode.__strawberry_definition__  # type: ignore[attr-defined]
    return next(str(value.description) for value in definition.values if value.name == code.name)


def _user(code: RefusalCode, action: str, retry: str = NO) -> tuple[str, Advice]:
    return code.name, Advice(_meaning(code), action, retry)


# Codes of `userErrors`; the errors of queries use some of them as well.
USER_CODES: dict[str, Advice] = dict(
    [
        _user(
            RefusalCode.NOT_FOUND,
            "Check the id in `field`. The object may have been removed or closed to you.",
        ),
        _user(RefusalCode.FORBIDDEN, "Don't offer the operation to this user, or sign in as another user."),
        _user(
            RefusalCode.INVALID, "Show `message` next to the input in `field`, and let the user correct it."
        ),
        _user(RefusalCode.REQUIRED, "Ask the user for the value in `field`."),
        _user(
            RefusalCode.STALE_VERSION,
            "Read the object again, show what has changed, and send the new `version` as `expectedVersion`.",
            "yes, with the new version",
        ),
        _user(
            RefusalCode.IDEMPOTENCY_CONFLICT,
            "Use a new key for a new operation. To repeat an operation, send the same input.",
            "yes, with a new key",
        ),
        _user(
            RefusalCode.INSUFFICIENT_POINTS, "Offer to buy points, or wait until held points are released."
        ),
        _user(
            RefusalCode.REFUSED_BY_RULE,
            "Show `decision.message`. If `decision.changesAt` is set, try again at that time.",
        ),
        _user(RefusalCode.CONFLICT, "Read the object again and show its state. The user decides what to do."),
        _user(
            RefusalCode.LIMIT_EXCEEDED,
            "Send less, or wait: `retryAfterSeconds` or `Retry-After` says how long, if waiting helps.",
            "yes, after the stated time",
        ),
    ]
)

# Codes that appear only in GraphQL's own `errors`, in `extensions.code`.
TOP_LEVEL_CODES: dict[str, Advice] = {
    "GRAPHQL_PARSE_FAILED": Advice(
        "The document is not valid GraphQL.", "Fix the document. `locations` says where it is wrong.", NO
    ),
    "GRAPHQL_VALIDATION_FAILED": Advice(
        "The document does not match the schema.",
        "Validate your documents against the SDL when you build the client.",
        NO,
    ),
    "BAD_USER_INPUT": Advice(
        "A variable is missing, or has the wrong type.", "Generate the types of variables from the SDL.", NO
    ),
    "BAD_REQUEST": Advice(
        "The request is not a GraphQL-over-HTTP request; it has no operation, or several "
        "without `operationName`; a mutation was sent by GET; or a subscription "
        "was sent where only a single response is possible.",
        "Fix the client. `message` says what is wrong.",
        NO,
    ),
    "PERSISTED_QUERY_NOT_SUPPORTED": Advice(
        "This server accepts no automatic persisted queries.",
        "Send the document without a hash.",
        "yes, without the hash",
    ),
    "PERSISTED_QUERY_NOT_FOUND": Advice(
        "The hash of an automatic persisted query is not known.",
        "Send the document together with its hash.",
        "yes, with the document",
    ),
    "UNAUTHENTICATED": Advice(
        "You are not signed in.",
        "Refresh the access token or sign in, as `reason` says.",
        "yes, with a new token",
    ),
    "TIMEOUT": Advice(
        "The operation, or one of its database statements, took too long and was cancelled.",
        "Request less. A mutation may have been carried out: read the object, or send it again with the same "
        "`idempotencyKey`.",
        "yes; mutations with the same key",
    ),
    "UNAVAILABLE": Advice(
        "The database does not respond or accepts no changes; without `retryAfter`, this server is stopping.",
        "Wait `retryAfter` seconds; without it, subscribe again after your last cursor. Repeat a mutation "
        "with the same `idempotencyKey`.",
        "yes; mutations with the same key",
    ),
    "INTERNAL": Advice(
        "A fault on the server. The details are never shown.", "Quote the `id` when you contact support.", NO
    ),
}

# Reasons that appear only in GraphQL's own `errors`, in `extensions.reason`, with their code.
TOP_LEVEL_REASONS: dict[str, tuple[str, Advice]] = {
    "TOKEN_EXPIRED": (
        "UNAUTHENTICATED",
        Advice(
            "The access token has expired, and the operation was not carried out.",
            "Refresh the token, then send the operation again.",
            "yes, with a new token",
        ),
    ),
    "TOKEN_INVALID": (
        "UNAUTHENTICATED",
        Advice(
            "The token was not issued by this server, or its signing key was rotated.",
            "Refresh the token, or sign in again.",
            "yes, with a new token",
        ),
    ),
    "SESSION_ENDED": (
        "UNAUTHENTICATED",
        Advice(
            "The user signed out or was disabled, or the session was revoked.",
            "Sign in again.",
            "yes, after signing in",
        ),
    ),
    "TOKEN_MISSING": ("UNAUTHENTICATED", Advice("No token was sent.", "Sign in.", "yes, after signing in")),
    "CURSOR_INVALID": (
        "INVALID",
        Advice(
            "The cursor is not of this list, order and filter, or not of the viewer's feed.",
            "Read the list from its start; for a feed, use `viewer { feedCursor }`.",
            "yes, without the cursor",
        ),
    ),
    "CURSOR_UNAVAILABLE": (
        "INVALID",
        Advice(
            "A list inside another list is read from its start only.",
            "Read the object with `node`, where its lists accept cursors.",
            NO,
        ),
    ),
    "PAGE_SIZE_OUT_OF_RANGE": (
        "INVALID",
        Advice(
            "`first` or `last` is too small, or larger than a page can be.",
            "Ask for a smaller page, and read the next one with its cursor.",
            "yes, with another size",
        ),
    ),
    "TIME_OUT_OF_REACH": (
        "INVALID",
        Advice(
            "Permissions are decided for a limited time back and ahead.",
            "Ask for a time within the limits that the message says.",
            "yes, with another time",
        ),
    ),
    "PREFLIGHT_REQUIRED": (
        "FORBIDDEN",
        Advice(
            "The session cookie was used without a header that pages on other sites cannot send.",
            "Send `GraphQL-Preflight: 1`.",
            "yes, with the header",
        ),
    ),
    "HTTPS_REQUIRED": (
        "BAD_REQUEST",
        Advice(
            "The browser would drop the session cookie, because the connection is not encrypted.",
            "Use HTTPS, or `transport: TOKENS`.",
            NO,
        ),
    ),
    "COOKIE_UNAVAILABLE": (
        "BAD_REQUEST",
        Advice(
            "A WebSocket or an event stream cannot set the session cookie.",
            "Send the operation as a POST with a JSON response.",
            "yes, as a POST",
        ),
    ),
}

# Reasons for which the advice on retrying differs from that of their code.
RETRY_OF_REASON = {
    "ACCOUNT_BEING_CHANGED": "yes, immediately",
    "MEETING_NOT_YET": "yes, after the meeting",
    "FILE_OF_ACCOUNT_IN_PROGRESS": LATER,
    "TOO_MANY_FILES_IN_PROGRESS": LATER,
    "TOO_MANY_ITEMS": NO,
    "TOO_MANY_ITEMS_TO_DECIDE": NO,
    "TOO_MANY_NOTIFICATIONS": NO,
    "STORAGE_FULL": NO,
}


def code_tables() -> str:
    """Return the tables of codes in docs/errors.md, in Markdown."""
    reasons = [(f"{reason}` | `{code}", advice) for reason, (code, advice) in TOP_LEVEL_REASONS.items()]
    return "\n".join(
        [
            _table("Codes of user errors", "code", USER_CODES.items()),
            _table("Codes only in errors", "code", TOP_LEVEL_CODES.items()),
            _table("Reasons only in errors", "reason | code", reasons),
        ]
    )


def _table(heading: str, names: str, advice: Iterable[tuple[str, Advice]]) -> str:
    columns = f"| {names} | meaning | what to do | retry |"
    rows = [f"| `{name}` | {one.meaning} | {one.action} | {one.retry} |" for name, one in advice]
    rule = "|---" * (columns.count("|") - 1) + "|"
    return "\n".join([f"### {heading}", "", columns, rule, *rows, ""])
