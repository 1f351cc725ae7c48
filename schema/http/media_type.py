"""Media type and status of a response (GraphQL over HTTP).

Only the presence of data and the codes of errors matter here.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from graphql import GraphQLError

from schema.graphql.errors import TOKEN_MISSING, UNAUTHENTICATED
from schema.http.weights import weighted

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
BAD_REQUEST, UNAUTHORIZED = 400, 401
Answer = TypeVar("Answer")
# Statuses of requests that were not executed, without a mistake of the client. An unknown persisted query has
# 200 for any media type, as from Apollo's server: some of Apollo's clients read no other response.
_STATUSES = {
    UNAUTHENTICATED: UNAUTHORIZED,
    "INTERNAL": 500,
    "TIMEOUT": 503,
    "UNAVAILABLE": 503,
    "PERSISTED_QUERY_NOT_FOUND": 200,
    "PERSISTED_QUERY_NOT_SUPPORTED": 200,
}


def negotiated(accept: str | None) -> str:
    """Return the media type that a client prefers; JSON unless it accepts the newer one."""
    plain, newer = (weight_of(accept, name, wildcards=False) for name in (JSON, GRAPHQL_RESPONSE))
    return GRAPHQL_RESPONSE if newer >= plain and newer > 0 else JSON


def content_type(media_type: str) -> str:
    """Return the header's value."""
    return f"{media_type}; charset=utf-8"


def status_of(media_type: str, answer: object) -> int:
    """Return the status: always 200 with plain JSON, otherwise 200 only if the operation was executed."""
    if media_type != GRAPHQL_RESPONSE or not isinstance(answer, dict) or "data" in answer:
        return 200
    return next((_STATUSES[code] for code in _codes(answer) if code in _STATUSES), BAD_REQUEST)


def status_of_error(error: GraphQLError) -> int:
    """Return the status of an error without a result, for any media type."""
    return _STATUSES.get(str((error.extensions or {}).get("code")), BAD_REQUEST)


def without_data_if_refused(answer: Answer) -> Answer:
    """Remove `data` if nothing was executed: such errors, unlike a field's, have no path."""
    if isinstance(answer, dict) and answer.get("data") is None:
        errors = answer.get("errors") or ()
        if errors and not any(error.get("path") for error in errors):
            answer.pop("data", None)
    return answer


def without_data_if_unauthenticated(answer: Answer) -> Answer:
    """Remove `data` if all of it is null because the client isn't signed in: the request wasn't permitted."""
    if isinstance(answer, dict) and _codes(answer) and set(_codes(answer)) == {UNAUTHENTICATED}:
        data = answer.get("data") or {}
        if all(value is None for value in data.values()):
            answer.pop("data", None)
    return answer


def challenge_of(answer: object) -> str:
    """Return the `WWW-Authenticate` of a response with 401 (RFC 6750, 3)."""
    errors = answer.get("errors", ()) if isinstance(answer, dict) else ()
    missing = all(error.get("extensions", {}).get("reason") == TOKEN_MISSING for error in errors)
    return "Bearer" if missing else 'Bearer error="invalid_token"'


def weight_of(accept: str | None, name: str, *, wildcards: bool = True) -> float:
    """Return the weight of a media type, by its most specific range (RFC 9110, 12.5.1); 0 refuses it.

    Without a header everything is acceptable. `wildcards` says whether `*/*` matches as well.
    """
    if not accept or not accept.strip():
        return 1.0 if wildcards else 0.0
    group = name.split("/", 1)[0]
    ranges = (name, f"{group}/*", "*/*") if wildcards else (name,)
    found: dict[str, float] = {}
    for listed, weight in weighted(accept):
        if listed in ranges:
            found[listed] = max(found.get(listed, 0.0), weight)
    return next((found[each] for each in ranges if each in found), 0.0)


def _codes(answer: Mapping[str, Any]) -> list[object]:
    return [error.get("extensions", {}).get("code") for error in answer.get("errors", ())]
