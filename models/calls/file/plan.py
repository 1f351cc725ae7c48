"""What an import of employees does: whom each row is about, who the deputies are, and what is wrong.

Pure, and in time proportional to the rows and the employees: it runs in a thread.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.base.ids import new_id
from models.base.public_id import row_id_of
from models.base.refusal import Sentence, Wording
from models.calls.deputies import circles, shown_circle
from models.calls.employee_draft import plan_warnings
from models.calls.file.rows import EmployeeRow
from models.calls.file.words import EmployeeColumn
from models.calls.file.writing import written_name
from models.calls.person_name import PersonName, read_name
from models.calls.refusals import CallRefusal
from models.calls.warnings import CallNote
from models.contact_data.redaction import Redacted
from rules.calls.call_route import TransferWish

Values = Mapping[str, object]  # of an employee, by column of the table
_RowKey = Callable[[EmployeeRow], object | None]
_StoredKey = Callable[[Values], object]

NEW: Values = {
    "first_name": "",
    "last_name": "",
    "sort_key": "",
    "email": "",
    "cc": [],
    "position": None,
    "responsibility": None,
    "mobile": None,
    "sms_tick": False,
    "vip_sms_tick": False,
    "extension": None,
    "wish": TransferWish.NONE,
    "deputy_id": None,
    "absence_text": None,
}


class EmployeeRowOutcome(StrEnum):
    """The outcome of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


@dataclass(slots=True, repr=False)
class PlannedRow(Redacted):
    """One row with its employee: the values before, None of a new one, and after.

    `changed` are the columns that differ; of a new employee, those that are not left at their defaults.
    """

    row: EmployeeRow
    employee_id: UUID
    before: Values | None
    after: dict[str, object]
    changed: Sequence[str] = ()
    warnings: Sequence[Sentence[Wording]] = ()

    @property
    def outcome(self) -> EmployeeRowOutcome:
        """What the import does with the row."""
        if self.row.problems:
            return EmployeeRowOutcome.REFUSED
        if self.before is None:
            return EmployeeRowOutcome.CREATED
        return EmployeeRowOutcome.UPDATED if self.changed else EmployeeRowOutcome.UNCHANGED

    def compare(self) -> None:
        """Find what has changed, once the values after are known."""
        before = NEW if self.before is None else self.before
        self.changed = [name for name, value in self.after.items() if value != before[name]]


def plan_import(
    rows: Sequence[EmployeeRow], stored: Mapping[UUID, Values], *, transfer_included: bool
) -> list[PlannedRow]:
    """Return what each row does to a company's employees, by id; what is wrong is added to its row."""
    assigned = _Assignment(rows, stored)
    planned = [_planned(row, assigned.found[place], stored) for place, row in enumerate(rows)]
    _set_deputies(planned, stored)
    for place, one in enumerate(planned):
        _check(one)
        warnings = [*one.row.warnings, *_plan_warnings(one, transfer_included=transfer_included)]
        if place in assigned.ambiguous:
            warnings.append(CallNote.NAME_NOT_UNIQUE.sentence())
        one.warnings = warnings
    return planned


def _planned(row: EmployeeRow, employee_id: UUID, stored: Mapping[UUID, Values]) -> PlannedRow:
    before = stored.get(employee_id)
    after = {**(NEW if before is None else before), **row.values}
    if before is not None and row.written_name == written_name(_name_of(before)):
        # A name with a comma of its own would be read differently from how it was stored.
        after.update({name: before[name] for name in ("first_name", "last_name", "sort_key")})
    return PlannedRow(row, employee_id, before, after)


class _Assignment:
    """Whom each row is about, by its place: `found`; `ambiguous` are rows with a name of several employees.

    A row is about the employee with its ID, else about the only one with its email address and name, with its
    address, or with its name, if no other row has them; else it is new. So a file that is imported again
    finds everybody whom it has created.
    """

    def __init__(self, rows: Sequence[EmployeeRow], stored: Mapping[UUID, Values]) -> None:
        self.found: dict[int, UUID] = {}
        self.ambiguous: set[int] = set()
        self._rows, self._stored = rows, stored
        self._taken: dict[UUID, int] = {}  # the row that is about an employee
        self._assign_ids()
        _refuse_repeated(rows, self.found)
        for key_of_row, key_of_stored in _KEYS:
            self._assign_by(key_of_row, key_of_stored)
        for place in range(len(rows)):
            self.found.setdefault(place, new_id())

    def _assign_ids(self) -> None:
        for place, row in enumerate(self._rows):
            if row.employee_id is None:
                continue
            self.found[place] = row.employee_id
            if row.employee_id not in self._stored:
                row.refuse(EmployeeColumn.ID, CallRefusal.EMPLOYEE_NOT_FOUND.sentence())
            elif row.employee_id in self._taken:
                row.refuse_whole(CallRefusal.EMPLOYEE_REPEATED.sentence(row=self._taken[row.employee_id]))
            else:
                self._taken[row.employee_id] = row.number

    def _assign_by(self, key_of_row: _RowKey, key_of_stored: _StoredKey) -> None:
        keys = Counter(key for row in self._rows if (key := key_of_row(row)) is not None)
        known: defaultdict[object, list[UUID]] = defaultdict(list)
        for employee_id, values in self._stored.items():
            if employee_id not in self._taken:
                known[key_of_stored(values)].append(employee_id)
        for place, row in enumerate(self._rows):
            key = key_of_row(row)
            if place in self.found or key not in known:
                continue
            fitting = known[key]
            if keys[key] == len(fitting) == 1:
                self.found[place] = fitting[0]
                self._taken[fitting[0]] = row.number
            elif len(fitting) > 1 and key_of_row is _pair_of_row:
                row.refuse_whole(CallRefusal.EMPLOYEE_NOT_UNIQUE.sentence())
            elif len(fitting) > 1 and key_of_row is _name_of_row:
                self.ambiguous.add(place)


def _refuse_repeated(rows: Sequence[EmployeeRow], found: Mapping[int, UUID]) -> None:
    """Refuse a row without an ID if another one has its email address and name: it would be created twice."""
    first: dict[object, int] = {}
    for known in (True, False):
        for place, row in enumerate(rows):
            pair = _pair_of_row(row)
            if pair is None or (place in found) is not known:
                continue
            if pair in first and not known:
                row.refuse_whole(CallRefusal.EMPLOYEE_REPEATED.sentence(row=first[pair]))
            first.setdefault(pair, row.number)


def _set_deputies(planned: Sequence[PlannedRow], stored: Mapping[UUID, Values]) -> None:
    """Find the deputies among all employees as they will be, and refuse circles."""
    everybody: dict[UUID, Values] = dict(stored)
    # Without those whose ID was not found, which nobody shall learn anything about.
    everybody |= {one.employee_id: one.after for one in planned if one.before or not one.row.employee_id}
    by_word = _by_word(everybody)
    for one in planned:
        text = one.row.deputy
        if text is None:
            continue
        one.after["deputy_id"] = None
        if not text:
            continue
        given = row_id_of(text, "Employee")
        fitting = [given] if given is not None and given in everybody else []
        if given is None:
            fitting = by_word.get(text.casefold()) or by_word.get(_name_key(read_name(text)), [])
        if len(fitting) == 1:
            one.after["deputy_id"] = fitting[0]
        elif fitting:
            one.row.refuse(EmployeeColumn.DEPUTY, CallRefusal.DEPUTY_NOT_UNIQUE.sentence())
        else:
            one.row.refuse(EmployeeColumn.DEPUTY, CallRefusal.EMPLOYEE_NOT_FOUND.sentence())
    for one in planned:
        one.compare()
    _refuse_circles(planned, everybody)


def _by_word(everybody: Mapping[UUID, Values]) -> dict[object, list[UUID]]:
    """Return the employees by email address in small letters, and by name."""
    found: defaultdict[object, list[UUID]] = defaultdict(list)
    for employee_id, values in everybody.items():
        found[str(values["email"]).casefold()].append(employee_id)
        found[_name_key_of(values)].append(employee_id)
    return found


def _refuse_circles(planned: Sequence[PlannedRow], everybody: Mapping[UUID, Values]) -> None:
    of_file = {one.employee_id: one for one in planned if one.after["deputy_id"] is not None}
    deputies = {
        employee_id: deputy if isinstance(deputy := values["deputy_id"], UUID) else None
        for employee_id, values in everybody.items()
    }
    for circle in circles(deputies):
        names = {member: _name_of(everybody[member]).shown for member in circle}
        for member in circle:
            one = of_file.get(member)
            if one is not None and "deputy_id" in one.changed:
                shown = shown_circle(circle, member, names)
                circle_of = CallRefusal.DEPUTIES_IN_A_CIRCLE.sentence(names=shown)
                one.row.refuse(EmployeeColumn.DEPUTY, circle_of, whole=True)


def _check(one: PlannedRow) -> None:
    """Refuse what a row leaves incomplete."""
    row = one.row
    if row.problems:
        return
    if one.before is None and row.name is None:
        row.refuse(EmployeeColumn.NAME, CallRefusal.EMPLOYEE_NAME_MISSING.sentence(), whole=True)
    if one.before is None and row.email is None:
        row.refuse(EmployeeColumn.EMAIL, CallRefusal.EMPLOYEE_EMAIL_MISSING.sentence())
    if one.after["sms_tick"] and one.after["mobile"] is None:
        row.refuse(EmployeeColumn.MOBILE, CallRefusal.SMS_NEEDS_MOBILE.sentence(), whole=True)


def _plan_warnings(one: PlannedRow, *, transfer_included: bool) -> list[Sentence[Wording]]:
    extension, wish = one.after["extension"], one.after["wish"]
    return plan_warnings(
        transfer_included=transfer_included,
        wish=wish if isinstance(wish, TransferWish) else TransferWish.NONE,
        extension=None if extension is None else str(extension),
        vip_sms_tick=bool(one.after["vip_sms_tick"]),
    )


def _name_of(values: Values) -> PersonName:
    return PersonName(str(values["first_name"]), str(values["last_name"]))


def _name_key(name: PersonName) -> tuple[str, str]:
    return name.first.casefold(), name.last.casefold()


def _name_key_of(values: Values) -> object:
    return _name_key(_name_of(values))


def _email_of(values: Values) -> object:
    return str(values["email"]).casefold()


def _name_of_row(row: EmployeeRow) -> object | None:
    return None if row.name is None else _name_key(row.name)


def _email_of_row(row: EmployeeRow) -> object | None:
    return None if row.email is None else row.email.casefold()


def _pair_of_row(row: EmployeeRow) -> object | None:
    email, name = _email_of_row(row), _name_of_row(row)
    return None if email is None or name is None else (email, name)


def _pair_of(values: Values) -> object:
    return _email_of(values), _name_key_of(values)


_KEYS: Sequence[tuple[_RowKey, _StoredKey]] = (
    (_pair_of_row, _pair_of),
    (_email_of_row, _email_of),
    (_name_of_row, _name_key_of),
)
