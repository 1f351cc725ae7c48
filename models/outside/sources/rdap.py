"""When a domain was registered and by which registrar, from its registry (RFC 9082, RFC 9083).

Only the registrar is read of the people and organisations in an answer: registries give the others for the
operation of networks alone, and most redact them (RFC 9537).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from models.outside.answers import items, json_object, text
from models.outside.door import Door
from models.outside.fetching import Follow, Wanted
from models.outside.plain import plain_text
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

RDAP = Wanted("application/rdap+json, application/json", 64 << 10, Follow.ANYWHERE)
_EVENTS = {
    "registration": FoundKind.DOMAIN_REGISTERED_ON,
    "expiration": FoundKind.DOMAIN_EXPIRES_ON,
}


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return what the registry says about the domain; SKIPPED if its address is not known."""
    if question.domain is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no domain")
    base = door.rdap.get(question.domain.rpartition(".")[2])
    if base is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no registry")
    url = f"{base.rstrip('/')}/domain/{question.domain}"
    document = await door.fetcher.fetch(url, RDAP)
    return read(json_object(document.body), question.domain, url)


def read(answer: Mapping[str, object], domain: str, source_url: str) -> list[Found]:
    """Return the dates and the registrar of an answer. Raises Unanswered if it is about another domain."""
    if (text(answer, "ldhName") or "").lower().rstrip(".") != domain:
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "another domain")
    found: list[Found] = []
    for event in items(answer, "events"):
        kind, day = _EVENTS.get(text(event, "eventAction") or ""), _day(text(event, "eventDate"))
        if kind is not None and day is not None and not any(one.kind is kind for one in found):
            found.append(Found(kind, LookUp.ORGANISATION, day, source_url))
    for entity in items(answer, "entities"):
        roles = entity.get("roles")
        name = _name(entity.get("vcardArray")) if isinstance(roles, list) and "registrar" in roles else None
        if name is not None:
            found.append(Found(FoundKind.REGISTRAR, LookUp.ORGANISATION, name, source_url))
            break
    return found


def _day(instant: str | None) -> str | None:
    """Return the day of an instant (RFC 3339), in UTC."""
    try:
        return datetime.fromisoformat(instant or "").astimezone(UTC).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _name(card: object) -> str | None:
    """Return the formatted name of a card (RFC 7095): `["vcard", [["fn", {}, "text", "Name"], ...]]`."""
    match card:
        case [_, [*properties]]:
            for one in properties:
                match one:
                    case ["fn", _, _, str(name)]:
                        return plain_text(name)
    return None
