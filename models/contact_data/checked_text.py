"""The check of a text that a client sends, as a refusal that names its field."""

from collections.abc import Callable

from models.base.refusal import Refusal, RefusalCode
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
        raise Refusal(RefusalCode.INVALID, (field,), f"{field}: {error}.") from error
    if not found and missing is not None:
        raise Refusal(RefusalCode.REQUIRED, (field,), f"{field}: {missing}")
    return found
