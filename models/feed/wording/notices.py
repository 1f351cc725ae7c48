"""Owns how a notification is said and where it is shown: what happened, what to do, until when (S1.11).

It must not say contact data: of a prospect it knows the public title of the lead, of a vendor the name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.feed.list import NotificationView
from models.feed.tables import NotificationKind
from models.feed.wording.catalog import Notice
from models.feed.wording.decisions import decision_sentence
from models.feed.wording.language import Language, language_for, zone_for
from rules.engine.wording import fill, placeholders

_K = NotificationKind
_NOTHING: Final = "…"  # stands for what is not known in a title


class Placement(StrEnum):
    """Where a notification is shown."""

    BANNER = "BANNER"
    NOTIFICATION = "NOTIFICATION"
    TOOLTIP = "TOOLTIP"
    SYSTEM_MESSAGE = "SYSTEM_MESSAGE"


_P = Placement
# What waits for the reader is a banner, what explains a state is a tooltip on it, what belongs to an
# application or a complaint is a system message in its chat; everything is in the list of notifications.
PLACEMENTS: Mapping[NotificationKind, tuple[Placement, ...]] = {
    _K.APPLICATION_RECEIVED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.REVIEW_REMINDER: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP),
    _K.APPLICATION_SUBMITTED: (_P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.APPLICATION_ACCEPTED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.APPLICATION_DECLINED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.APPLICATION_ENDED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.CONTACT_REVEALED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.CONTACT_DISCLOSED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.FEE_REFUNDED: (_P.NOTIFICATION, _P.TOOLTIP),
    _K.MEETING_PROPOSED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.MEETING_AGREED: (_P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.MEETING_CANCELLED: (_P.BANNER, _P.NOTIFICATION, _P.SYSTEM_MESSAGE),
    _K.MEETING_RECORDED: (_P.NOTIFICATION, _P.SYSTEM_MESSAGE),
    _K.POINTS_PURCHASED: (_P.NOTIFICATION,),
    _K.LEAD_DELIVERED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP),
    _K.COMPLAINT_FILED: (_P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.COMPLAINT_PROGRESS: (_P.BANNER, _P.NOTIFICATION),
    _K.COMPLAINT_DECIDED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.COMPLAINT_DUE: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP),
    _K.COMPLAINT_OVERDUE: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP, _P.SYSTEM_MESSAGE),
    _K.COMPLAINT_MESSAGE: (_P.BANNER, _P.NOTIFICATION),
    _K.REPLACEMENT_DELIVERED: (_P.BANNER, _P.NOTIFICATION, _P.TOOLTIP),
    _K.REMEDY_POINTS: (_P.NOTIFICATION, _P.TOOLTIP),
}


def placements(kind: NotificationKind) -> tuple[Placement, ...]:
    """Return where notifications of a kind are shown; the list of notifications is always among them."""
    return PLACEMENTS.get(kind, (Placement.NOTIFICATION,))


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A notification's words in one language."""

    title: str
    body: str


def _by_rule(view: NotificationView) -> str:
    return view.decision.rule_id if view.decision else str(view.event.parameters.get("ruleId", ""))


def _vendor_or_operator(view: NotificationView) -> str:
    return "vendor" if view.for_vendor else "operator"


def _after_a_wait(view: NotificationView) -> str:
    parameters = view.event.parameters
    if parameters.get("points") == 0:
        return "free"
    return "waited" if parameters.get("waited") else ""


_VARIANTS: Mapping[NotificationKind, Callable[[NotificationView], str]] = {
    _K.REVIEW_REMINDER: _by_rule,
    _K.APPLICATION_ACCEPTED: lambda view: "" if view.event.delivery_id else "opened_before",
    _K.APPLICATION_DECLINED: _by_rule,
    _K.APPLICATION_ENDED: lambda view: "vendor" if view.for_vendor else "prospect",
    _K.CONTACT_DISCLOSED: _by_rule,
    _K.MEETING_PROPOSED: lambda view: "vendor" if view.for_vendor else "prospect",
    _K.MEETING_RECORDED: lambda view: view.meeting_statement or "",
    _K.COMPLAINT_FILED: _vendor_or_operator,
    _K.COMPLAINT_OVERDUE: _vendor_or_operator,
    _K.COMPLAINT_MESSAGE: _vendor_or_operator,
    _K.REMEDY_POINTS: _after_a_wait,
}


def _notice(view: NotificationView, language: Language) -> Notice:
    kind, notices = view.event.kind, language.catalog.notices
    variant = _VARIANTS[kind](view) if kind in _VARIANTS else ""
    found = notices.get(f"{kind}.{variant}") or notices.get(kind)
    # A kind that has variants only: any of them is better than silence.
    return found or next(notice for key, notice in notices.items() if key.startswith(f"{kind}."))


def notice(view: NotificationView, locale: str, time_zone: str) -> NoticeText:
    """Return title and body in the reader's language and zone; sentences about nothing are left out."""
    language = language_for(locale)
    words = _words(view, language, time_zone)
    found = _notice(view, language)
    names = placeholders(found.title)
    return NoticeText(
        title=fill(found.title, dict.fromkeys(names, _NOTHING) | words),
        body=" ".join(fill(text, words) for text in found.body if placeholders(text) <= words.keys()),
    )


def _words(view: NotificationView, language: Language, time_zone: str) -> dict[str, str]:
    zone = zone_for(time_zone)
    fee = None if view.fee is None else language.points(view.fee)
    numbers = {
        name: value
        for name in ("points", "items", "checked", "total")
        if type(value := view.event.parameters.get(name)) is int
    }
    words = {
        "lead": view.lead_title,
        "vendor": view.vendor_name,
        "fee": fee,
        "returned": fee if view.refunded else None,
        "kept": None if view.refunded else fee,
        "points": language.points(numbers["points"]) if "points" in numbers else None,
        "complaint": view.complaint_number,
        "decide_by": language.moment(view.decide_by, zone) if view.decide_by else None,
        "decision": decision_sentence(view.decision, language) if view.decision else None,
        "opens_at": language.moment(view.opens_at, zone, round_up=True) if view.opens_at else None,
        "answer_until": language.moment(view.opens_at, zone) if view.opens_at else None,
        "complaint_until": language.moment(view.complaint_until, zone) if view.complaint_until else None,
        "meeting_at": language.moment(view.meeting_at, zone) if view.meeting_at else None,
    }
    said = language.words(view.policy) if view.policy else {}
    said |= {name: language.number(number) for name, number in numbers.items()}
    return said | {name: word for name, word in words.items() if word is not None}
