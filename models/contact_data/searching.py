"""The search for contact data in texts of any length, without keeping the event loop waiting."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from models.contact_data.contact import ContactData
from models.contact_data.masking import MaskedSpan, mask_messages

_MUCH = 300  # characters; searching more can take longer than the event loop may wait
# One long search at a time, so that other work of the process goes on.
_LONG_SEARCHES = ThreadPoolExecutor(1, thread_name_prefix="contact-search")


async def find_in(
    texts: Sequence[str], region: str | None, names: ContactData | None
) -> list[list[MaskedSpan]]:
    """Return the contact data in texts that one side wrote one after another."""
    if sum(map(len, texts)) <= _MUCH:
        return mask_messages(texts, region, names=names)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_LONG_SEARCHES, lambda: mask_messages(texts, region, names=names))
