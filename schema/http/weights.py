"""The entries of headers such as `Accept` and `Accept-Encoding`, with their weights (RFC 9110, 12.4.2)."""

from collections.abc import Iterator, Sequence

MOST_ENTRIES = 100  # a browser lists a handful; a header of 64 kB could have 60,000


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """Yield each of the first 100 entries in lower case with its `q`.

    `q` is 1 if the entry has none, and 0 if it is not a number. A number is returned as written, even if it
    is not from 0 to 1.
    """
    for entry in header.lower().split(",", MOST_ENTRIES)[:MOST_ENTRIES]:
        name, *parameters = (part.strip() for part in entry.split(";"))
        yield name, _weight(parameters)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
