"""The note of a call, as an agent writes it: cleaned, compared with what is asked, and shortened for lists.

Nothing here uses the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base.refusal import Refusal, Refusals, Sentence, Wording
from models.calls.call_views import NoteView
from models.calls.limits import (
    FURTHEST_CALLBACK,
    LONGEST_CONCERN,
    LONGEST_NOTE_ANSWER,
    LONGEST_NOTE_LINE,
    LONGEST_NOTE_PHONE,
)
from models.calls.refusals import CallRefusal
from models.calls.tables import AskedFieldKind
from models.calls.typed_number import read_typed_number
from models.calls.views import AskedFieldView
from models.calls.warnings import CallNote
from models.calls.words import BuiltInField
from models.contact_data import InvalidPhone
from models.contact_data.checked_text import checked_text
from models.contact_data.redaction import Redacted
from models.contact_data.refusals import ContactDataRefusal
from models.contact_data.text import InvalidText, without_hidden
from rules.calls.call_mail import CallOutcome

LONGEST_SUMMARY = 120  # characters
_TODAY = timedelta(days=1)  # a caller's day may have begun before the call

Warnings = Sequence[Sentence[Wording]]

_LENGTHS: Mapping[str, int] = {
    BuiltInField.NAME: LONGEST_NOTE_LINE,
    BuiltInField.COMPANY: LONGEST_NOTE_LINE,
    BuiltInField.PHONE: LONGEST_NOTE_PHONE,
    BuiltInField.CONCERN: LONGEST_CONCERN,
}


@dataclass(frozen=True, slots=True, repr=False)
class NoteDraft(Redacted):
    """A note as it was typed: values by the key of the asked field, in the order of the input.

    `refused`: keys of fields that the caller did not want to answer.
    """

    values: Sequence[tuple[str, str]]
    refused: Collection[str]
    urgent: bool
    callback_by: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Note(Redacted):
    """A note in its normal form; `waived`: keys that the caller's VIP entry says not to ask."""

    values: Mapping[str, str]
    refused: frozenset[str]
    waived: frozenset[str]
    urgent: bool
    callback_by: datetime | None

    def value(self, key: BuiltInField) -> str | None:
        """Return the answer to a field that is always asked."""
        return self.values.get(key)

    @property
    def others(self) -> Mapping[str, str]:
        """The answers to the other fields."""
        return {key: value for key, value in self.values.items() if key not in _LENGTHS}


def read_note(
    draft: NoteDraft,
    asked: Sequence[AskedFieldView],
    waived: Collection[str],
    region: str,
    ringing_at: datetime,
) -> tuple[Note, Warnings]:
    """Return the note, and what the agent should check; `region` is the company's country (ISO 3166 alpha-2).

    A number or an email address that cannot be read stays as the caller said it. Raises `Refusal` INVALID for
    a value that is too long or not one of the choices, for a field that is not asked or has two values, and
    for a time to call back that is not within a year after `ringing_at`, when the call rang.
    """
    fields = {one.key: one for one in asked}
    values: dict[str, str] = {}
    warnings: list[Sentence[Wording]] = []
    for key, text in draft.values:
        field = fields.get(key)
        if field is None or key in values or key in draft.refused:
            raise CallRefusal.NOTE_ANSWER_INVALID.at("note", "answers", key=repr(key[:40]))
        value, warning = _value(field, text, region)
        if value:
            values[key] = value
        if warning is not None:
            warnings.append(warning)
    if draft.callback_by is not None and not (-_TODAY <= draft.callback_by - ringing_at <= FURTHEST_CALLBACK):
        raise CallRefusal.NOTE_CALLBACK_OUT_OF_RANGE.at("note", "callbackBy")
    unknown = next((key for key in draft.refused if key not in fields), None)
    if unknown is not None:
        raise CallRefusal.NOTE_ANSWER_INVALID.at("note", "refused", key=repr(unknown[:40]))
    skipped = frozenset(waived) & set(fields) - set(values) - set(draft.refused)
    return Note(values, frozenset(draft.refused), skipped, draft.urgent, draft.callback_by), warnings


def check_complete(
    note: Note, outcome: CallOutcome, asked: Sequence[AskedFieldView], *, caller_known: bool
) -> None:
    """Raise `Refusals` REQUIRED, one per field, unless the note has what the outcome needs.

    A message needs each required field: answered, refused by the caller, or waived. A transfer needs the
    caller's name or number.
    """
    if outcome is CallOutcome.TRANSFERRED and not (
        caller_known or note.value(BuiltInField.NAME) or note.value(BuiltInField.PHONE)
    ):
        raise CallRefusal.NOTE_CALLER_MISSING.at("note", "name")
    if outcome is not CallOutcome.MESSAGE_TAKEN:
        return
    settled = {*note.values, *note.refused, *note.waived}
    missing = [one for one in asked if one.required and one.key not in settled]
    if missing:
        raise Refusals(_missing(missing))


def _missing(fields: Iterable[AskedFieldView]) -> list[Refusal]:
    return [CallRefusal.NOTE_FIELD_MISSING.at("note", "answers", one.key, label=one.label) for one in fields]


def _value(field: AskedFieldView, text: str, region: str) -> tuple[str, Sentence[Wording] | None]:
    """Return a field's value in its normal form, and a warning if it is not what is asked for."""
    try:
        value = _cleaned(field.key, text)
    except Refusal as refusal:
        raise refusal.within(("note",) if field.key in _LENGTHS else ("note", "answers")) from refusal
    if field.kind is AskedFieldKind.PHONE and value:
        return _phone(value, region)
    if (field.kind is AskedFieldKind.CHOICE and value and value not in field.choices) or (
        field.kind is AskedFieldKind.DATE and value and not _is_date(value)
    ):
        raise CallRefusal.NOTE_ANSWER_INVALID.at("note", "answers", field.key, key=field.label)
    return value, None


def _cleaned(key: str, text: str) -> str:
    """Return the text without hidden characters; of all but the concern, as one line. Raises `Refusal`."""
    name = key.lower() if key in _LENGTHS else key
    most = _LENGTHS.get(key, LONGEST_NOTE_ANSWER)
    if len(text) > 2 * most:
        raise InvalidText(ContactDataRefusal.TEXT_TOO_LONG, most=most).refusal(name)
    shown = without_hidden(text)
    return checked_text(name, shown if key == BuiltInField.CONCERN else " ".join(shown.split()), most)


def _phone(value: str, region: str) -> tuple[str, Sentence[Wording] | None]:
    try:
        number = read_typed_number(value, region)
    except InvalidPhone:
        return value, CallNote.PHONE_UNREADABLE.sentence()
    return number.e164, None if number.in_plan else CallNote.NUMBER_NOT_IN_PLAN.sentence()


def _is_date(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def note_of(view: NoteView) -> Note:
    """Return a stored note in its normal form, to be compared with one that is sent again."""
    always = {
        BuiltInField.NAME: view.name,
        BuiltInField.COMPANY: view.company,
        BuiltInField.PHONE: view.phone,
        BuiltInField.CONCERN: view.concern,
    }
    values = {key.value: value for key, value in always.items() if value} | dict(view.answers)
    return Note(
        values, frozenset(view.refused_keys), frozenset(view.waived_keys), view.urgent, view.callback_by
    )


def summary_of(view: NoteView) -> str | None:
    """Return who called from where about what, in at most 120 characters; None for an empty note."""
    return summary_from(view.name, view.company, view.phone, view.concern)


def summary_from(name: str | None, company: str | None, phone: str | None, concern: str | None) -> str | None:
    """Return the summary of a note with these values."""
    who = ", ".join(part for part in (name, company) if part) or phone
    what = " ".join((concern or "").split())
    text = ": ".join(part for part in (who, what) if part)
    if len(text) > LONGEST_SUMMARY:
        text = text[: LONGEST_SUMMARY - 1].rstrip() + "…"
    return text or None
