"""Text of a notification for its reader: what happened, what to do, until when (S1.11).

It never contains contact data: only the public title of the lead and the name of the vendor.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.feed.kinds import NOTIFICATIONS
from models.feed.list import NotificationView
from models.feed.wording.catalog import Notice, Words
from models.feed.wording.decisions import decision_sentence
from models.feed.wording.language import CATALOGS, Language, language_for, zone_for
from models.feed.wording.words import WORDS
from rules.engine.wording import fill, placeholders

_FEES: Final = frozenset({"fee", "returned", "captured"})
_NOTHING: Final = "…"  # in a title, in place of an unknown value


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notification's words in one language. Letters can also have values with labels (`details`).

    `hidden` is what previews show instead, of a letter with data that only its recipients may read.
    """

    title: str
    body: str
    details: tuple[tuple[str, str], ...] = ()
    hidden: "NoticeText | None" = None


def check_words(words: Words, languages: Collection[str]) -> None:
    """Raise LookupError with the name of a kind or variant that lacks words in one of these languages."""
    for kind in NOTIFICATIONS:
        variants = {f"{kind}.{name}" for name in kind.variants.names}
        missing = variants - words.keys() if variants else {str(kind)} - words.keys()
        if missing:
            raise LookupError(f"{min(missing)}: has no words; add them in models/feed/wording/words")
    known = {f"{kind}.{name}" for kind in NOTIFICATIONS for name in kind.variants.names}
    for key, said in words.items():
        if key not in known | NOTIFICATIONS:
            raise LookupError(f"{key}: is not a kind of notification or a variant of one")
        unsaid = [language for language in languages if language not in said]
        if unsaid:
            raise LookupError(f"{key}: has no words in {', '.join(unsaid)}; add them")


check_words(WORDS, CATALOGS)


def _notice(view: NotificationView, language: Language) -> Notice:
    kind = view.event.kind
    found = WORDS.get(f"{kind}.{kind.variants.of(view)}") or WORDS.get(kind)
    # The kind has only variants: any of them is better than no text.
    found = found or next(words for key, words in WORDS.items() if key.startswith(f"{kind}."))
    return found[language.catalog.language]


def notice(view: NotificationView, locale: str, time_zone: str) -> NoticeText:
    """Return title and body in the reader's language and zone, without sentences that lack a value."""
    language = language_for(locale)
    found = _notice(view, language)
    names = placeholders(found.title)
    words = _words(view, language, time_zone, names.union(*map(placeholders, found.body)))
    return NoticeText(
        title=fill(found.title, dict.fromkeys(names, _NOTHING) | words),
        body=" ".join(fill(text, words) for text in found.body if placeholders(text) <= words.keys()),
    )


def _words(
    view: NotificationView, language: Language, time_zone: str, names: Collection[str]
) -> dict[str, str]:
    """Return the values of these placeholders, of those that are known."""
    zone = zone_for(time_zone)

    def moment(at: datetime | None, *, start: bool = False) -> str | None:
        return language.moment(at, zone, start=start) if at else None

    fee = None if view.fee is None or _FEES.isdisjoint(names) else language.points(view.fee)
    numbers = {
        name: value
        for name in ("points", "items", "checked", "total")
        if type(value := view.event.parameters.get(name)) is int
    }
    words: dict[str, str | None] = {
        "lead": view.lead_title,
        "vendor": view.vendor_name,
        "fee": fee,
        "returned": fee if view.refunded else None,
        "captured": None if view.refunded else fee,
        "points": language.points(numbers["points"]) if "points" in numbers else None,
        "complaint": view.complaint_number,
    }
    # Sentences and moments take the longest, and most texts have one or two of them.
    makers: dict[str, Callable[[], str | None]] = {
        "decide_by": lambda: moment(view.decide_by),
        "decision": lambda: decision_sentence(view.decision, language) if view.decision else None,
        "opens_at": lambda: moment(view.opens_at, start=True),
        "answer_until": lambda: moment(view.opens_at),
        "complaint_until": lambda: moment(view.complaint_until),
        "meeting_at": lambda: moment(view.meeting_at),
    }
    words |= {name: make() for name, make in makers.items() if name in names}
    said = language.words(view.policy) if view.policy else {}
    said |= {name: language.number(number) for name, number in numbers.items()}
    return said | {name: word for name, word in words.items() if word is not None}
