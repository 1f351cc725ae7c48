"""The contact whose identity the tests of public text search for, and the search in one of several texts."""

from collections.abc import Sequence

from models.contact_data import ContactData, Phone
from models.contact_data.channel import Channel
from models.contact_data.masking import MaskedSpan, mask_messages

ANNA = ContactData(
    full_name="Dr. J\u00fcrgen M\u00fcller-L\u00fcdenscheidt",
    organisation="Acme Garten GmbH",
    email="jm@loriot.museum",
    phone=Phone("+49301234567"),
    preferred_channel=Channel.EMAIL,
    time_zone="Europe/Berlin",
)


def mask_spans(
    text: str,
    region: str | None,
    earlier: Sequence[str] = (),
    *,
    later: Sequence[str] = (),
    names: ContactData | None = None,
) -> list[MaskedSpan]:
    """Return the spans of `text` with contact data, among what its author wrote before and after it."""
    return mask_messages([*earlier, text, *later], region, names=names)[len(earlier)]
