"""Which content coding (gzip, brotli) a client prefers (RFC 9110, 12.5.3)."""

from collections.abc import Sequence

from schema.http.weights import weighted

IDENTITY = "identity"


def preferred_coding(accept_encoding: str | None, offered: Sequence[str]) -> str | None:
    """Return the coding to use, one of those `offered` in order of preference; None for uncompressed content.

    A coding is acceptable only if the client lists it or `*`. `identity` is used if its weight is higher, or
    if no other coding is acceptable.
    """
    weights = _weights(accept_encoding or "")
    anything = weights.get("*", 0.0)
    best, most = None, 0.0
    for coding in offered:
        weight = weights.get(coding, anything)
        if weight > most:
            best, most = coding, weight
    return None if weights.get(IDENTITY, 0.0) > most else best


def _weights(accept_encoding: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, weight in weighted(accept_encoding):
        if name:
            found["gzip" if name == "x-gzip" else name] = weight if 0.0 <= weight <= 1.0 else 0.0
    return found
