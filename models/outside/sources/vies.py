"""Whether a VAT number of the European Union is valid, and whose it is, from the Commission's VIES.

A state that is away says nothing about its numbers, and `---` is what a state says that gives no names.
"""

from collections.abc import Sequence

import orjson

from models.outside.answers import json_object, text
from models.outside.door import Door
from models.outside.fetching import JSON, Posted
from models.outside.sources.numbers import vat_numbers
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import PART_AWAY, Unanswered

CHECK = "https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number"
_ANSWERED = frozenset({"VALID", "INVALID", ""})


async def ask(_: Question, earlier: Sequence[Found], door: Door) -> list[Found]:
    """Return whose the VAT number is that the web site gives; SKIPPED without one with right check digits."""
    number = next(iter(vat_numbers(earlier)), None)
    if number is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no number")
    asked = {"countryCode": number[:2], "vatNumber": number[2:]}
    url = str(door.service(CHECK))
    document = await door.fetcher.fetch(url, JSON, posted=Posted(orjson.dumps(asked)))
    answer = json_object(document.body)
    error = text(answer, "userError") or ""
    if answer.get("actionSucceed") is False or error not in _ANSWERED:
        raise Unanswered(OutsideOutcome.UNREACHABLE, PART_AWAY)  # the state of the number
    if answer.get("valid") is not True:
        raise Unanswered(OutsideOutcome.NOTHING, "not valid")
    found = [Found(FoundKind.VAT_ID, LookUp.ORGANISATION, number, url)]
    for name, kind in (("name", FoundKind.LEGAL_NAME), ("address", FoundKind.ADDRESS)):
        value = text(answer, name)
        if value and value.strip("- "):
            found.append(Found(kind, LookUp.ORGANISATION, value, url))
    return found
