"""Headers that a page on another site can send only after a preflight, which CORS refuses."""

from collections.abc import Mapping

PREFLIGHT_HEADERS = ("GraphQL-Preflight", "Apollo-Require-Preflight", "X-Requested-With")
ANY_PREFLIGHT_HEADER = f"{', '.join(PREFLIGHT_HEADERS[:-1])} or {PREFLIGHT_HEADERS[-1]}"


def has_preflight_header(headers: Mapping[str, str]) -> bool:
    """Return whether a request has one of them, with any value."""
    given = {name.lower() for name in headers}
    return any(name.lower() in given for name in PREFLIGHT_HEADERS)
