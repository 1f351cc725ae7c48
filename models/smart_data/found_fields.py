"""Found values as an account sees them: opened and compared with the others of their kind when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
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


class FoundRow(NamedTuple):
    """One stored value, still sealed."""

    id: UUID
    kind: str
    about: str
    source: str
    sealed: bytes
    doubtful: bool
    has_image: bool
    stated_at: datetime | None
    found_at: datetime
    expires_at: datetime
    kept_until: datetime | None
    removed_at: datetime | None
    superseded_by_id: UUID | None
    search_id: UUID


@dataclass(frozen=True, slots=True, repr=False)
class FoundFieldView(Redacted):
    """A value that a source gave, for an account that may see it."""

    _row: FoundRow
    _stated: Stated
    _weight: Weight
    source_url: str | None

    @property
    def id(self) -> UUID:
        """The id."""
        return self._row.id

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
        return self._row.found_at

    @property
    def stated_at(self) -> datetime | None:
        """The time that the source gives for it (UTC)."""
        return self._row.stated_at

    @property
    def expires_at(self) -> datetime:
        """When it is deleted unless it is kept (UTC)."""
        return self._row.expires_at

    @property
    def kept_until(self) -> datetime | None:
        """Until when the account keeps it (UTC)."""
        return self._row.kept_until

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
        return self._row.has_image

    @property
    def superseded_by_id(self) -> UUID | None:
        """The value that replaced it in a later search."""
        return self._row.superseded_by_id

    @property
    def search_id(self) -> UUID:
        """The search that found it."""
        return self._row.search_id

    @property
    def removed(self) -> bool:
        """Whether a later search replaced it."""
        return self._row.removed_at is not None


@dataclass(frozen=True, slots=True, repr=False)
class FoundRows(Redacted):
    """What was found about one subject, still sealed, and the country that reads its numbers.

    `_columns` has the rows as arrays by the names of `FoundRow`, current rows first, NULL without any.
    """

    _sealer: Sealer
    _columns: Record
    _country: str

    def fields(self, kind: FoundKind | None = None) -> tuple[FoundFieldView, ...]:
        """Return the values, of one kind if it is given: current ones first, then by kind, the most
        trustworthy first, then the oldest. What was sealed under another key is left out.
        """
        columns = [self._columns[name] for name in FoundRow._fields]
        if columns[0] is None:
            return ()
        rows = [row for row in map(FoundRow._make, zip(*columns, strict=True)) if kind in (None, row.kind)]
        if not rows or rows[-1].removed_at is None:
            return tuple(self._in_order(rows))
        current = [row for row in rows if row.removed_at is None]
        return tuple(view for some in (current, rows[len(current) :]) for view in self._in_order(some))

    def _in_order(self, rows: Sequence[FoundRow]) -> list[FoundFieldView]:
        opened = [(row, open_found(self._sealer, row.id, row.sealed)) for row in rows]
        stated = [(row, found.source_url, _stated(row, found)) for row, found in opened if found is not None]
        weights = weigh([one for _, _, one in stated], self._country)
        views = [
            FoundFieldView(row, one, weight, source_url)
            for (row, source_url, one), weight in zip(stated, weights, strict=True)
        ]
        return sorted(views, key=_place) if len(views) > 1 else views


def _place(view: FoundFieldView) -> tuple[str, int, int, datetime, UUID]:
    row = view._row
    return row.about, _ORDER[view._stated.kind], view._weight.place, row.found_at, row.id


def _stated(row: FoundRow, found: Opened) -> Stated:
    return Stated(
        _KINDS[row.kind],
        _ABOUT[row.about],
        found.value,
        found.url,
        _SOURCES[row.source],
        row.doubtful,
    )
