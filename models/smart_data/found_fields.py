"""Found values as an account sees them: opened and compared with the others of their kind when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.sealing import Sealer
from models.contact_data.redaction import Redacted
from models.outside.sources.registry import SOURCES
from models.outside.sources.source import FoundKind, LookUp, OutsideSource
from models.smart_data.confidence import Confidence, Stated, Weight, weigh
from models.smart_data.sealed import Opened, open_found

_KINDS = {kind.value: kind for kind in FoundKind}
_ORDER = {kind: place for place, kind in enumerate(FoundKind)}
_ABOUT = {about.value: about for about in LookUp}
_SOURCES = {source.value: source for source in OutsideSource}


@dataclass(frozen=True, slots=True, repr=False)
class FoundFieldView(Redacted):
    """A value that a source gave, for an account that may see it."""

    _row: Record
    _stated: Stated
    _weight: Weight
    source_url: str | None

    @property
    def id(self) -> UUID:
        """The id."""
        found: UUID = self._row["id"]
        return found

    @property
    def kind(self) -> FoundKind:
        """What it is."""
        return self._stated.kind

    @property
    def about(self) -> LookUp:
        """Whether it is about the person or the organisation."""
        return self._stated.about

    @property
    def value(self) -> str:
        """The value, as plain text."""
        return self._stated.value

    @property
    def url(self) -> str | None:
        """Where it leads, if it is a link."""
        return self._stated.url

    @property
    def source(self) -> OutsideSource:
        """The source that gave it."""
        return self._stated.source

    @property
    def found_at(self) -> datetime:
        """When it was found (UTC)."""
        found: datetime = self._row["found_at"]
        return found

    @property
    def stated_at(self) -> datetime | None:
        """The time that the source gives for it (UTC)."""
        stated: datetime | None = self._row["stated_at"]
        return stated

    @property
    def expires_at(self) -> datetime:
        """When it is deleted unless it is kept (UTC)."""
        expires: datetime = self._row["expires_at"]
        return expires

    @property
    def kept_until(self) -> datetime | None:
        """Until when the account keeps it (UTC)."""
        kept: datetime | None = self._row["kept_until"]
        return kept

    @property
    def confidence(self) -> Confidence:
        """How sure it is, beside the others of its kind."""
        return self._weight.confidence

    @property
    def conflicting(self) -> bool:
        """Whether another value of its kind contradicts it, or the source contradicts itself."""
        return self._weight.conflicting

    @property
    def place(self) -> int:
        """Its place among those of its kind, the lowest first."""
        return self._weight.place

    @property
    def attribution(self) -> str | None:
        """What has to be shown beside it."""
        return SOURCES[self._stated.source].attribution

    @property
    def has_image(self) -> bool:
        """Whether a picture is stored with it."""
        has: bool = self._row["has_image"]
        return has

    @property
    def superseded_by_id(self) -> UUID | None:
        """The value that replaced it in a later search."""
        superseded: UUID | None = self._row["superseded_by_id"]
        return superseded

    @property
    def search_id(self) -> UUID:
        """The search that found it."""
        search: UUID = self._row["search_id"]
        return search

    @property
    def removed(self) -> bool:
        """Whether a later search replaced it."""
        return self._row["removed_at"] is not None


@dataclass(frozen=True, slots=True, repr=False)
class FoundRows(Redacted):
    """The rows of what was found about one subject, still sealed, and the country that reads its numbers."""

    _sealer: Sealer
    _rows: tuple[Record, ...]
    _country: str

    def fields(self, kind: FoundKind | None = None) -> tuple[FoundFieldView, ...]:
        """Return the values, of one kind if it is given: current ones first, then by kind, the most
        trustworthy first, then the oldest. What was sealed under another key is left out.
        """
        rows = [row for row in self._rows if row["id"] is not None and kind in (None, row["kind"])]
        current = [row for row in rows if row["removed_at"] is None]
        removed = [row for row in rows if row["removed_at"] is not None] if len(current) < len(rows) else []
        return tuple(view for some in (current, removed) for view in self._in_order(some))

    def _in_order(self, rows: Sequence[Record]) -> list[FoundFieldView]:
        opened = [(row, open_found(self._sealer, row["id"], row["sealed"])) for row in rows]
        stated = [(row, found.source_url, _stated(row, found)) for row, found in opened if found is not None]
        weights = weigh([one for _, _, one in stated], self._country)
        views = [
            FoundFieldView(row, one, weight, source_url)
            for (row, source_url, one), weight in zip(stated, weights, strict=True)
        ]
        return sorted(views, key=_place)


def _place(view: FoundFieldView) -> tuple[str, int, int, datetime, UUID]:
    return view.about.value, _ORDER[view.kind], view.place, view.found_at, view.id


def _stated(row: Record, found: Opened) -> Stated:
    return Stated(
        _KINDS[row["kind"]],
        _ABOUT[row["about"]],
        found.value,
        found.url,
        _SOURCES[row["source"]],
        row["doubtful"],
    )
