"""The search for contact data in a text together with what its author wrote just before and after it.

Contact data can be divided among texts that one side writes one after another: the introduction of an
application and the messages of its chat.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from models.contact_data.contact import ContactData
from models.contact_data.masking import MaskedSpan
from models.contact_data.masking.across import MOST_MESSAGES
from models.contact_data.searching import find_in

TOGETHER = MOST_MESSAGES - 1  # texts of the same side that are searched with one, before it or after it
APART = timedelta(minutes=10)  # at most, between two texts that are searched together
END = 240  # characters of a text that the next one can continue


class Text(NamedTuple):
    """A text, and when it was written."""

    text: str
    at: datetime


async def find_near(
    near: Sequence[Text], wanted: int, region: str | None, names: ContactData | None
) -> list[MaskedSpan]:
    """Return the contact data in one text of one side. `near` are those before and after it, in order, at
    most `TOGETHER` on each side of it; `wanted` is its place among them.
    """
    first = last = wanted
    while first and near[first].at - near[first - 1].at <= APART:
        first -= 1
    while last + 1 < len(near) and near[last + 1].at - near[last].at <= APART:
        last += 1
    texts = [
        *(one.text[-END:] for one in near[first:wanted]),
        near[wanted].text,
        *(one.text[:END] for one in near[wanted + 1 : last + 1]),
    ]
    return (await find_in(texts, region, names))[wanted - first]
