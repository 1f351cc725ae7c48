"""Mapping of a file's columns to fields of a lead: recognised by name, or chosen by the operator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.base.refusal import Refusal, Refusals
from models.base.spelling import word_key
from models.leads.file.fields import LeadField
from models.leads.file.headings import Certainty, is_ours, recognise
from models.leads.refusals import LeadRefusal

_MAPPING = "mapping"  # the field of the import's input
IGNORE = "ignore"  # instead of a field: skip the column
_WORDS = frozenset(field.value for field in LeadField)
_SEVERAL = frozenset({LeadField.OTHER_PHONE, LeadField.OTHER_EMAIL})
_NEXT = {LeadField.PHONE: LeadField.OTHER_PHONE, LeadField.EMAIL: LeadField.OTHER_EMAIL}
_NAMES = frozenset({LeadField.FULL_NAME, LeadField.FIRST_NAME, LeadField.LAST_NAME, LeadField.ORGANISATION})
_WAYS = frozenset({LeadField.PHONE, LeadField.OTHER_PHONE, LeadField.EMAIL, LeadField.OTHER_EMAIL})
_PERSON = frozenset({LeadField.FULL_NAME, LeadField.FIRST_NAME, LeadField.LAST_NAME})
_DOUBTFUL = frozenset({LeadField.FULL_NAME, LeadField.CATEGORY})  # `Industry` is what the person works in
_MOST_LISTED = 50  # column names in an error message
_OURS_ONLY = frozenset(
    {LeadField.TITLE, LeadField.FEE}
)  # public text, and a price: never by an ambiguous heading


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The positions of each field's columns, in order; `ignored` has the names of the ignored columns.

    `doubtful` has the fields whose column was recognised by a word that means other things in other files: a
    value there yields to what contradicts it. `phone_kinds` has the positions of the columns with the kind of
    a number, by the position of its column.
    """

    header: tuple[str, ...]
    columns: Mapping[LeadField, tuple[int, ...]]
    ignored: tuple[str, ...]
    doubtful: frozenset[LeadField]
    phone_kinds: Mapping[int, tuple[int, ...]]

    @property
    def has_both_names(self) -> bool:
        """Whether the file has columns for the first and the last name."""
        return LeadField.FIRST_NAME in self.columns and LeadField.LAST_NAME in self.columns

    def values(self, row: Sequence[str], field: LeadField) -> list[tuple[str, str]]:
        """Return (column name, trimmed value) of the field's columns that are not blank."""
        pairs = ((self.header[at], row[at].strip()) for at in self.columns.get(field, ()))
        return [pair for pair in pairs if pair[1]]

    def value(self, row: Sequence[str], field: LeadField) -> str | None:
        """Return the value of a field of one column, or None if it is blank or not in the file.

        It is one line, except for a brief.
        """
        for at in self.columns.get(field, ()):
            text = row[at]
            return (text.strip() if field is LeadField.BRIEF else " ".join(text.split())) or None
        return None

    def column(self, field: LeadField) -> str | None:
        """Return the name of the field's (first) column, or None if the file has none."""
        return next((self.header[at] for at in self.columns.get(field, ())), None)

    def name(self, field: LeadField) -> str:
        """Return the name of the field's (first) column, or the field's own if the file has none."""
        return self.column(field) or field.value


def map_columns(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> ColumnMapping:
    """Return the field of each column: as in `chosen` ({"Column": "field"}), else as recognised.

    The field "ignore" skips a column. A chosen column takes precedence over a recognised one, and a clear
    heading over one that means other things in other files. A second recognised phone or email column
    becomes another number or address. `Title` and `Fee` are recognised only in files that have another
    heading of our own, such as `brief`. Raises `Refusals` for `mapping`: columns and fields that do not
    exist, one field from two columns, no column with a name or a way to contact anybody.
    """
    problems: list[Refusal] = []
    fields = _chosen(header, chosen or {}, problems)
    doubtful = _recognise(header, fields)
    taken = {field for field in fields.values() if field is not None}
    if not problems and not taken & _NAMES:
        problems.append(LeadRefusal.NAME_COLUMN_MISSING.at(_MAPPING))
    if not problems and not taken & _WAYS:
        problems.append(LeadRefusal.CONTACT_COLUMN_MISSING.at(_MAPPING))
    if problems:
        raise Refusals(problems)
    columns: dict[LeadField, tuple[int, ...]] = {}
    for at, field in sorted(fields.items()):
        if field is not None:
            columns[field] = (*columns.get(field, ()), at)
    ignored = tuple(name for at, name in enumerate(header) if name and fields.get(at) is None)
    return ColumnMapping(tuple(header), columns, ignored, doubtful, _phone_kinds(header, columns))


def _phone_kinds(
    header: Sequence[str], columns: Mapping[LeadField, tuple[int, ...]]
) -> Mapping[int, tuple[int, ...]]:
    """Return the columns with the kind of a number, as Google has it: "Phone 1 - Label" beside "Phone 1 -
    Value".
    """
    found: dict[int, tuple[int, ...]] = {}
    for field in (LeadField.PHONE, LeadField.OTHER_PHONE):
        for at in columns.get(field, ()):
            stem, dash, last = header[at].rpartition(" - ")
            kinds = {f"{stem} - Label", f"{stem} - Type"} if dash and last == "Value" else set[str]()
            beside = tuple(position for position, name in enumerate(header) if name in kinds)
            if beside:
                found[at] = beside
    return found


def _recognise(header: Sequence[str], fields: dict[int, LeadField | None]) -> frozenset[LeadField]:
    """Add the recognised columns to `fields`, clear headings first; return the doubtful fields."""
    ours = is_ours(header)
    known = ((at, recognise(name)) for at, name in enumerate(header) if at not in fields)
    found = [(certainty, at, field) for at, (field, certainty) in ((at, one) for at, one in known if one)]
    taken = {field for field in fields.values() if field is not None}
    doubtful: set[LeadField] = set()
    for certainty, at, field in sorted(found):
        loose = certainty is Certainty.LOOSE and not ours
        if loose and (field in _OURS_ONLY or (field in _PERSON and taken & _PERSON)):
            continue
        free = field if field in _SEVERAL or field not in taken else _NEXT.get(field)
        if free is None:
            continue
        fields[at] = free
        taken.add(free)
        if loose or (certainty is Certainty.USUAL and free in _DOUBTFUL):
            doubtful.add(free)
    return frozenset(doubtful)


def _chosen(
    header: Sequence[str], chosen: Mapping[str, str], problems: list[Refusal]
) -> dict[int, LeadField | None]:
    positions = {word_key(name): at for at, name in reversed(list(enumerate(header))) if name}
    exact = {name: at for at, name in enumerate(header) if name}
    fields: dict[int, LeadField | None] = {}
    for column, word in chosen.items():
        at = exact.get(column, positions.get(word_key(column)))
        known = word.strip().lower()
        if at is None:
            problems.append(
                LeadRefusal.COLUMN_NOT_IN_FILE.at(_MAPPING, column=column, columns=_listed(header))
            )
        elif known == IGNORE:
            fields[at] = None
        elif known not in _WORDS:
            choices = ", ".join((*LeadField, IGNORE))
            problems.append(LeadRefusal.FIELD_UNKNOWN.at(_MAPPING, field=word, choices=choices))
        elif known in fields.values() and known not in _SEVERAL:
            problems.append(LeadRefusal.FIELD_MAPPED_TWICE.at(_MAPPING, field=known))
        else:
            fields[at] = LeadField(known)
    return fields


def _listed(header: Sequence[str]) -> str:
    names = [name for name in header if name]
    more = f", … (+{len(names) - _MOST_LISTED})" if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more
