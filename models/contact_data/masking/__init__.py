"""Masks contact data in a text that a reader may see only without it: a chat before the reveal (S1.8).

The search is that of public texts, which refuse what it finds; here each finding is extended to the whole of
what it is a part of, because what is left over can be read.
"""

import re
from collections.abc import Sequence

from models.base.refusal import LANGUAGES
from models.contact_data.contact import ContactData
from models.contact_data.masking.across import find_across
from models.contact_data.masking.kinds import REPLACEMENTS, MaskedKind, MaskedSpan
from models.contact_data.masking.whole import together, wholes
from models.contact_data.public_text import Own, find_all

__all__ = ["MaskedKind", "MaskedSpan", "mask_messages", "masked_text"]

_MOST_ROUNDS = 4
_REPLACED = re.compile(
    "|".join(
        re.escape(text)
        for text in sorted({getattr(words, one) for words in REPLACEMENTS.values() for one in LANGUAGES})
    )
)


def mask_messages(
    texts: Sequence[str], region: str | None, *, names: ContactData | None = None
) -> list[list[MaskedSpan]]:
    """Return, for each of the texts that one author wrote one after another, its spans with contact data: in
    order, disjoint, in code points of the text. Data that is divided among texts is masked in each part.

    `names` is the contact whose name, organisation, numbers, domains and handles are masked in any form.
    `region` (ISO 3166 alpha-2) determines the form of short national numbers. Amounts, dates, times, codes of
    goods, VAT numbers and IBANs are not contact data.

    Time is linear in the length of all texts; the caller limits it. Never fails, whatever the texts.
    """
    searched = [_REPLACED.sub(lambda found: ";" * len(found[0]), text) for text in texts]
    own = None if names is None else Own.of(names, also_given_name=True)
    found = [_found(text, own, region) for text in searched]
    if len(texts) > 1:
        for index, span in find_across(searched, found, region, own):
            found[index].append(span)
    return [together(text, spans) for text, spans in zip(searched, found, strict=True)]


def _found(text: str, own: Own | None, region: str | None) -> list[MaskedSpan]:
    """Return the spans of one text, and of what the rest of it then looks like: "0170123456@anna"."""
    spans: list[MaskedSpan] = []
    rest = text
    for _ in range(_MOST_ROUNDS):
        more = wholes(rest, find_all(rest, own, region))
        if not more:
            break
        spans = together(text, [*spans, *more])
        rest = _without(text, spans)
    return spans


def _without(text: str, spans: Sequence[MaskedSpan]) -> str:
    shown: list[str] = []
    position = 0
    for span in spans:
        shown += [text[position : span.start], ";" * (span.end - span.start)]
        position = span.end
    return "".join((*shown, text[position:]))


def masked_text(text: str, spans: Sequence[MaskedSpan], language: str) -> tuple[str, list[MaskedSpan]]:
    """Return `text` with its spans replaced by words in `language`, and where these now are.

    `spans` are those that `mask_messages` returns for `text`. `language` is one of `LANGUAGES`, any other
    means English.
    """
    shown: list[str] = []
    replaced: list[MaskedSpan] = []
    length = position = 0
    for span in spans:
        words = REPLACEMENTS[span.kind]
        word: str = getattr(words, language if language in LANGUAGES else "en")
        kept = text[position : span.start]
        shown += [kept, word]
        replaced.append(MaskedSpan(length + len(kept), length + len(kept) + len(word), span.kind))
        length += len(kept) + len(word)
        position = span.end
    shown.append(text[position:])
    return "".join(shown), replaced
