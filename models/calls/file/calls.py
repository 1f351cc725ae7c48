"""Writing of a file of calls: a row for each, times in the company's zone, texts that are never formulas."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.public_id import public_id
from models.calls import state
from models.calls.call_tables import TransferResult
from models.calls.call_views import CallView, NoteView
from models.calls.file.call_words import CallFileWords, call_words_for
from models.calls.file.writing import ExportFormat, FileTable, write_table, written_number
from models.calls.views import AskedFieldView
from models.tabular.formulas import neutralise, storable

_WIDTHS = (30, 20, 20, 24, 24, 24, 20, 14, 14, 14, 24, 24, 20, 60, 10, 20)
_WIDTH_OF_ANSWER = 24


def write_calls(
    calls: Iterable[CallView],
    names: Mapping[UUID, str],
    asked: Sequence[AskedFieldView],
    zone: ZoneInfo,
    language: str,
    format_: ExportFormat,
) -> bytes:
    """Return the file in the language of a locale such as `de-AT`; `names` are those of employees.

    After the columns that each file has, there is one for each of the company's own asked fields. A forgotten
    call has a row without caller and note.
    """
    words = call_words_for(language)
    others = [one for one in asked if not one.built_in]
    headings = (*words.headings, *(_text(one.label) for one in others))
    rows = ((*_call(call, names, zone, words), *_note(call.note, others, zone, words)) for call in calls)
    widths = (*_WIDTHS, *(_WIDTH_OF_ANSWER for _ in others))
    return write_table(FileTable(words.sheet, headings, widths, frozen_columns=2), rows, format_)


def _call(call: CallView, names: Mapping[UUID, str], zone: ZoneInfo, words: CallFileWords) -> tuple[str, ...]:
    outcome = state.outcome_of(call)
    accepted = [one.employee_id for one in call.attempts if one.result is TransferResult.ACCEPTED]
    seconds = (state.wait_seconds(call), state.talk_seconds(call), state.transferred_seconds(call))
    return (
        public_id("Call", call.id),
        _instant(call.ringing_at, zone),
        written_number(call.caller.e164) if call.caller.e164 else _text(call.caller.shown),
        words.outcomes[outcome] if outcome else "",
        _text(names.get(call.wanted_employee_id, "") if call.wanted_employee_id else ""),
        _text(names.get(accepted[-1], "") if accepted else ""),
        _text(call.agent_name),
        *("" if one is None else str(one) for one in seconds),
    )


def _note(
    note: NoteView | None, others: Sequence[AskedFieldView], zone: ZoneInfo, words: CallFileWords
) -> tuple[str, ...]:
    if note is None:
        return ("",) * (6 + len(others))
    return (
        _text(note.name),
        _text(note.company),
        _phone(note.phone),
        _text(note.concern),
        words.yes if note.urgent else "",
        _instant(note.callback_by, zone) if note.callback_by else "",
        *(_text(note.answers.get(one.key)) for one in others),
    )


def _text(text: str | None) -> str:
    return neutralise(storable(text or ""))


def _phone(phone: str | None) -> str:
    """Return a number in groups; what the caller said instead of one as any other text."""
    if phone and phone.startswith("+") and phone[1:].isdecimal():
        return written_number(phone)
    return _text(phone)


def _instant(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
