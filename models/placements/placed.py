"""Placed messages of one application or complaint for one viewer: what to do now, where, and until when.

The facts are made once, and the rules decide for each place. Texts are written when they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.base.viewer import Viewer
from models.complaints.list import ComplaintView
from models.feed.wording.placed_text import PlacedValues, placed_body, placed_title
from models.leads.views import ApplicationView
from models.placements.facts import asked_of
from models.placements.values import ApplicationValues, ComplaintValues
from rules import Cell, Decision
from rules.placements.terms import Placement, Shown

# Notifications have words of their own; `models.placements.notifications` decides what they ask for.
_PLACES = (Placement.BANNER, Placement.TOOLTIP, Placement.SYSTEM_MESSAGE)
_NOTHING = Shown.NOTHING


class PlacedView:
    """A message in one place; its attributes are the fields of the API."""

    __slots__ = ("_cell", "_decided_at", "_facts", "_values", "_viewer", "action", "place", "subject")

    def __init__(
        self,
        place: Placement,
        subject: ApplicationView | ComplaintView,
        viewer: Viewer,
        decided: "_Decided",
        cell: Cell,
    ) -> None:
        """Take the cell of the place, and the facts that all places share."""
        self.place, self.subject, self.action = place, subject, cell.verdict
        self._viewer, self._cell = viewer, cell
        self._facts, self._decided_at, self._values = decided.facts, decided.at, decided.values

    @property
    def rule_id(self) -> str:
        """The rule that decided."""
        return self._cell.rule.id

    @property
    def decision(self) -> Decision:
        """The decision, with the facts of this place."""
        return Decision(self._cell, replace(self._facts, place=self.place), self._decided_at)

    @property
    def action_until(self) -> datetime | None:
        """When another rule decides; None if that doesn't depend on time."""
        until: datetime | None = self._cell.ruleset.end(self._cell, self._facts)
        return until

    @property
    def dismissible(self) -> bool:
        """Whether nothing would be shown here if the user dismissed it."""
        return self._cell.ruleset.with_fact(self._cell, "dismissed", True).verdict is _NOTHING

    @property
    def title(self) -> str:
        """The title in the viewer's language."""
        viewer = self._viewer
        return placed_title(self._cell, self._values, viewer.locale, viewer.time_zone)

    @property
    def body(self) -> str:
        """What to do and until when, in the viewer's language."""
        viewer = self._viewer
        return placed_body(self._cell, self._values, viewer.locale, viewer.time_zone)


@dataclass(frozen=True, slots=True)
class _Decided:
    """The facts of one subject, of a banner, and what the rules decide about it at an instant."""

    facts: Any
    at: datetime
    banner: Cell  # whether or not it was dismissed
    dismissed: Sequence[str]
    values: PlacedValues

    def cell(self, place: Placement) -> Cell:
        """Return the decision for a place; a dismissed banner is decided as such."""
        banner = self.banner
        if place is not Placement.BANNER:
            return banner.ruleset.with_fact(banner, "place", place)
        if banner.rule.id in self.dismissed:
            return banner.ruleset.with_fact(banner, "dismissed", True)
        return banner


def _decided(subject: ApplicationView | ComplaintView, viewer: Viewer) -> _Decided | None:
    asked = asked_of(subject, viewer, Placement.BANNER)
    if asked is None:
        return None
    rules, facts, at = asked
    values: PlacedValues = (
        ComplaintValues(subject) if isinstance(subject, ComplaintView) else ApplicationValues(subject, facts)
    )
    return _Decided(facts, at, rules.cell(facts, at), subject.placing.dismissed, values)


def placed_messages(subject: ApplicationView | ComplaintView, viewer: Viewer) -> list[PlacedView]:
    """Return what the viewer is shown about an application or a complaint: at most one message a place."""
    decided = _decided(subject, viewer)
    if decided is None:
        return []
    cells = ((place, decided.cell(place)) for place in _PLACES)
    return [
        PlacedView(place, subject, viewer, decided, cell)
        for place, cell in cells
        if cell.verdict is not _NOTHING
    ]


def banner_of(
    subject: ApplicationView | ComplaintView, viewer: Viewer, *, even_dismissed: bool = False
) -> PlacedView | None:
    """Return the banner about an application or a complaint; also a dismissed one on request."""
    decided = _decided(subject, viewer)
    if decided is None:
        return None
    cell = decided.banner if even_dismissed else decided.cell(Placement.BANNER)
    if cell.verdict is _NOTHING:
        return None
    return PlacedView(Placement.BANNER, subject, viewer, decided, cell)
