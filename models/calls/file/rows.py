"""Reading of one row of a file of employees: what it writes, and what is wrong with it.

Whom a row is about, and who the deputy is, is found later, among all rows and all employees.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from models.base.public_id import row_id_of
from models.base.refusal import Refusal, RefusalCode, RefusalReason, Sentence, Wording
from models.calls.employee_draft import EmployeeChanges, check_employee_data
from models.calls.file.reading import EmployeeColumns
from models.calls.file.words import EmployeeColumn, read_tick, read_wish
from models.calls.person_name import NameOrder, PersonName
from models.calls.refusals import CallRefusal
from models.contact_data.redaction import Redacted
from models.tabular.formulas import restore
from models.tabular.headed import FileRow
from models.tabular.tables import UnreadableRow, visible

_BETWEEN_ADDRESSES = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class EmployeeRowProblem:
    """Why one row is refused: its number as in a spreadsheet, the column, and its heading in the file."""

    row: int
    field: EmployeeColumn | None
    sentence: Sentence[RefusalReason]

    @property
    def reason(self) -> Sentence[RefusalReason]:
        """The reason."""
        return self.sentence

    @property
    def code(self) -> RefusalCode:
        """The kind of problem."""
        return self.sentence.wording.why.code

    @property
    def column(self) -> str | None:
        """The name of the field in the API."""
        return None if self.field is None else self.field.value


@dataclass(slots=True, repr=False)
class EmployeeRow(Redacted):
    """One row, read: `values` are those of the columns of the file, by column of the table.

    `written_name` is the cell of a name in whole. `deputy` is the cell of the deputy, None without the
    column. A row with problems still says whom it is about, as far as that can be read.
    """

    number: int
    headings: Mapping[EmployeeColumn, str]
    employee_id: UUID | None = None
    written_name: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    deputy: str | None = None
    warnings: list[Sentence[Wording]] = field(default_factory=list)
    problems: list[EmployeeRowProblem] = field(default_factory=list)

    @property
    def name(self) -> PersonName | None:
        """The name; None if the row has none that can be read."""
        first, last = self.values.get("first_name"), self.values.get("last_name")
        return PersonName(str(first), str(last)) if last is not None else None

    @property
    def email(self) -> str | None:
        """The email address; None if the row has none that can be read."""
        email = self.values.get("email")
        return None if email is None else str(email)

    def refuse(self, column: EmployeeColumn, reason: Sentence[RefusalReason], *, whole: bool = False) -> None:
        """Add a problem, which names the column as the file does; a `whole` sentence needs no name."""
        heading = None if whole else self.headings.get(column)
        self.problems.append(
            EmployeeRowProblem(self.number, column, reason.at(heading) if heading else reason)
        )

    def refuse_whole(self, reason: Sentence[RefusalReason]) -> None:
        """Add a problem of the whole row."""
        self.problems.append(EmployeeRowProblem(self.number, None, reason))


def read_row(
    row: FileRow | UnreadableRow, columns: EmployeeColumns, region: str, order: NameOrder | None
) -> EmployeeRow:
    """Read a row; `region` (ISO 3166 alpha-2) reads national numbers, `order` names without a comma."""
    read = EmployeeRow(row.number, columns.headings)
    if isinstance(row, UnreadableRow):
        read.refuse_whole(row.reason)
        return read
    reader = _Reader(row.values, columns, read, region, order)
    reader.read_id()
    reader.read_name()
    for column, changes in reader.changes():
        reader.check(column, changes)
    deputy = columns.cell(row.values, EmployeeColumn.DEPUTY)
    read.deputy = None if deputy is None else visible(restore(visible(deputy)))
    return read


@dataclass(frozen=True, slots=True)
class _Reader:
    values: tuple[str, ...]
    columns: EmployeeColumns
    row: EmployeeRow
    region: str
    order: NameOrder | None

    def read_id(self) -> None:
        text = self._plain(EmployeeColumn.ID)
        if text:
            self.row.employee_id = row_id_of(text, "Employee")
            if self.row.employee_id is None:
                self.row.refuse(EmployeeColumn.ID, CallRefusal.EMPLOYEE_NOT_FOUND.sentence())

    def read_name(self) -> None:
        whole = self._text(EmployeeColumn.NAME)
        if whole is not None:
            self.row.written_name = whole
            self.check(EmployeeColumn.NAME, {"name": whole})
            return
        first, last = self._text(EmployeeColumn.FIRST_NAME), self._text(EmployeeColumn.LAST_NAME)
        if last is not None:
            self.check(EmployeeColumn.LAST_NAME, {"first_name": first, "last_name": last})

    def changes(self) -> list[tuple[EmployeeColumn, EmployeeChanges]]:
        """Return what each of the other columns writes."""
        found: list[tuple[EmployeeColumn, EmployeeChanges]] = []
        email, cc = self._plain(EmployeeColumn.EMAIL), self._plain(EmployeeColumn.CC)
        if email:
            found.append((EmployeeColumn.EMAIL, {"email": email}))
        elif email is not None:
            self.row.refuse(EmployeeColumn.EMAIL, CallRefusal.EMPLOYEE_EMAIL_MISSING.sentence())
        if cc is not None:
            addresses = [address for address in _BETWEEN_ADDRESSES.split(cc) if address]
            found.append((EmployeeColumn.CC, {"cc": addresses}))
        position, responsibility = (
            self._text(EmployeeColumn.POSITION),
            self._text(EmployeeColumn.RESPONSIBILITY),
        )
        if position is not None:
            found.append((EmployeeColumn.POSITION, {"position": position}))
        if responsibility is not None:
            found.append((EmployeeColumn.RESPONSIBILITY, {"responsibility": responsibility}))
        text = self._text(EmployeeColumn.ABSENCE_TEXT)
        if text is not None:
            found.append((EmployeeColumn.ABSENCE_TEXT, {"absence_text": text}))
        extension, mobile = self._plain(EmployeeColumn.EXTENSION), self._plain(EmployeeColumn.MOBILE)
        if extension is not None:
            found.append((EmployeeColumn.EXTENSION, {"extension": extension}))
        if mobile is not None:
            found.append((EmployeeColumn.MOBILE, {"mobile": mobile}))
        return [*found, *self._choices()]

    def _choices(self) -> list[tuple[EmployeeColumn, EmployeeChanges]]:
        found: list[tuple[EmployeeColumn, EmployeeChanges]] = []
        wish = self._plain(EmployeeColumn.TRANSFER)
        if wish is not None:
            known = read_wish(wish)
            if known is None:
                self.row.refuse(EmployeeColumn.TRANSFER, CallRefusal.TRANSFER_UNKNOWN.sentence())
            else:
                found.append((EmployeeColumn.TRANSFER, {"wish": known}))
        sms, vip_sms = self._tick(EmployeeColumn.SMS), self._tick(EmployeeColumn.VIP_SMS)
        if sms is not None:
            found.append((EmployeeColumn.SMS, {"sms_tick": sms}))
        if vip_sms is not None:
            found.append((EmployeeColumn.VIP_SMS, {"vip_sms_tick": vip_sms}))
        return found

    def check(self, column: EmployeeColumn, changes: EmployeeChanges) -> None:
        """Take the values of one column, or what is wrong with it."""
        try:
            checked = check_employee_data(changes, self.region, self.order)
        except Refusal as refusal:
            self._refuse(column, refusal)
            return
        self.row.values.update(checked.values)
        self.row.warnings.extend(checked.warnings)

    def _refuse(self, column: EmployeeColumn, refusal: Refusal) -> None:
        if refusal.reason is None:
            raise refusal
        reason = Sentence(refusal.reason, refusal.values)
        # A message that is not only about the text names its field itself.
        self.row.refuse(column, reason, whole=refusal.message == str(reason))

    def _plain(self, column: EmployeeColumn) -> str | None:
        """Return an address, a number or a word, without what nobody sees."""
        cell = self.columns.cell(self.values, column)
        return None if cell is None else visible(restore(visible(cell)))

    def _text(self, column: EmployeeColumn) -> str | None:
        """Return a text as it is, so that an export that comes back changes nothing.

        A formula was exported with an apostrophe; without one, somebody else wrote it, and it is refused.
        """
        cell = self.columns.cell(self.values, column)
        if cell is None:
            return None
        if cell.lstrip().startswith("="):
            self.row.refuse(column, CallRefusal.CELL_IS_FORMULA.sentence())
            return None
        return restore(cell)

    def _tick(self, column: EmployeeColumn) -> bool | None:
        text = self._plain(column)
        tick = None if text is None else read_tick(text)
        if text is not None and tick is None:
            self.row.refuse(column, CallRefusal.ANSWER_UNKNOWN.sentence())
        return tick
