"""The check of a text that a client sends, as a refusal that names its field."""

from collections.abc import Callable

from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import InvalidText, clean_block


def checked_text(
    field: str,
    text: str,
    most_chars: int,
    *,
    clean: Callable[[str, int], str] = clean_block,
    missing: str | None = None,
) -> str:
    """Return the text in its normal form.

    Raises `Refusal`: INVALID for a text that cannot be stored; REQUIRED for an empty text if `missing` says
    what to write.
    """
    try:
        found = clean(text, most_chars)
    except InvalidText as error:
        raise error.refusal(field, message=f"{field}: {error}.") from error
    if not found and missing is not None:
        raise ContactDataRefusal.TEXT_MISSING.at(field, missing=f"{field}: {missing}")
    return found
