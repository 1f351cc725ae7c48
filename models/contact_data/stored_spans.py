"""Contact data found in a text, as it is stored beside the text, because a search takes long."""

from collections.abc import Sequence

import orjson

from models.contact_data.masking import MaskedKind, MaskedSpan

# The version of the search in `models.contact_data.masking`. Raise it whenever the search finds more: texts
# that an earlier one has searched are then searched again when they are read, until
# `models.chat.store_searches` has stored what the new one finds.
SEARCH = 4


def write_spans(spans: Sequence[MaskedSpan]) -> str:
    """Return the JSON text of what the current search found."""
    return orjson.dumps(
        {"search": SEARCH, "spans": [[span.start, span.end, span.kind] for span in spans]}
    ).decode()


def read_spans(stored: str | None) -> list[MaskedSpan] | None:
    """Return what was found; None if the text was not searched, or by an earlier search."""
    if stored is None:
        return None
    found = orjson.loads(stored)
    if found["search"] != SEARCH:
        return None
    return [MaskedSpan(start, end, MaskedKind(kind)) for start, end, kind in found["spans"]]
