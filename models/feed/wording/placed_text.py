"""Text of a placed message for its reader: what can be done now, and until when (S1.11).

Like that of a notification, it never contains contact data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.feed.wording.decisions import decision_sentence
from models.feed.wording.language import language_for, zone_for
from models.feed.wording.notices import NoticeText
from models.feed.wording.placed import PLACED
from rules import Cell, Decision
from rules.engine.wording import fill, placeholders


@dataclass(frozen=True, slots=True)
class PlacedValues:
    """The values that words of placed messages can mention; None is unknown, and its sentence is left out.

    `refund` is the decision on the fee, which says why it is not returned.
    """

    vendor: str
    lead: str | None = None
    complaint: str | None = None
    decide_by: datetime | None = None
    opens_at: datetime | None = None
    meeting_at: datetime | None = None
    complaint_until: datetime | None = None
    fee: int | None = None
    refunded: bool = False
    refund: Decision | None = None


def placed_text(cell: Cell, values: PlacedValues, locale: str, time_zone: str) -> NoticeText:
    """Return title and body in the reader's language and zone."""
    language = language_for(locale)
    words = PLACED[cell.ruleset.name][cell.rule.id][language.catalog.language]
    names = placeholders(words.title).union(*map(placeholders, words.body))
    zone = zone_for(time_zone)

    def moment(at: datetime | None, *, start: bool = False) -> str | None:
        return language.moment(at, zone, start=start) if at else None

    def fee(*, returned: bool) -> str | None:
        return language.points(values.fee) if values.fee and values.refunded is returned else None

    makers: dict[str, Callable[[], str | None]] = {
        "vendor": lambda: values.vendor,
        "lead": lambda: values.lead,
        "complaint": lambda: values.complaint,
        "decide_by": lambda: moment(values.decide_by),
        "opens_at": lambda: moment(values.opens_at, start=True),
        "answer_until": lambda: moment(values.opens_at),
        "meeting_at": lambda: moment(values.meeting_at),
        "complaint_until": lambda: moment(values.complaint_until),
        "returned": lambda: fee(returned=True),
        "captured": lambda: fee(returned=False),
        "why": lambda: decision_sentence(values.refund, language) if values.refund else None,
    }
    known = {name: value for name in names if name in makers and (value := makers[name]()) is not None}
    if names - makers.keys():
        known = language.words(cell.ruleset.policy) | known
    return NoticeText(
        title=fill(words.title, known),
        body=" ".join(fill(text, known) for text in words.body if placeholders(text) <= known.keys()),
    )
