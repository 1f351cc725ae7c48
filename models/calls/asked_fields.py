"""What callers are asked (S4.6): four fields always, and more by the operator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.base.refusal import in_language
from models.base.viewer import Viewer
from models.calls.edit import check_operator, check_version, editing
from models.calls.limits import LONGEST_CHOICE, LONGEST_LABEL
from models.calls.refusals import CallRefusal
from models.calls.tables import AskedFieldKind, ChangeSubject
from models.calls.words import BuiltInField, FieldLabel
from models.contact_data import clean_line
from models.contact_data.checked_text import checked_text

_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_ALWAYS = frozenset(key.value for key in BuiltInField)
_KINDS = {BuiltInField.PHONE: AskedFieldKind.PHONE}


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as an operator writes it."""

    key: str
    label: str
    kind: AskedFieldKind
    choices: Sequence[str]
    required: bool


def built_in_fields(language: str) -> list[FieldDraft]:
    """Return the fields that are always asked, with labels in a language."""
    return [
        FieldDraft(
            key, in_language(FieldLabel[key], language), _KINDS.get(key, AskedFieldKind.TEXT), (), True
        )
        for key in BuiltInField
    ]


async def set_asked_fields(
    viewer: Viewer, *, secretariat_id: UUID, expected_version: int, fields: Sequence[FieldDraft]
) -> UUID:
    """Replace what callers are asked, in this order; for operators.

    The four fields that are always asked stay, whether named or not; a named one may get another label and
    another place. Raises `Refusal`.
    """
    check_operator(viewer, "choose what callers are asked")
    drafts = [_checked(field) for field in fields]
    keys = [field.key for field in drafts]
    repeated = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
    if repeated is not None:
        raise CallRefusal.ASKED_FIELD_KEY_INVALID.at("fields", key=repeated)
    async with editing(viewer, secretariat_id) as edit:
        made = edit.secretariat
        check_version(made.version, expected_version)
        always = [field for field in built_in_fields(made.language) if field.key not in keys]
        await write_asked_fields(edit.conn, made.id, [*always, *drafts])
        await fetch(edit.conn, "UPDATE secretariat SET version = version + 1 WHERE id = $1", made.id)
        await edit.note(ChangeSubject.SECRETARIAT, made.id, ["askedFields"])
        return made.id


async def write_asked_fields(conn: Connection, secretariat_id: UUID, fields: Sequence[FieldDraft]) -> None:
    """Store the fields of a company in place of those of before, in their order."""
    await fetch(conn, "DELETE FROM asked_field WHERE secretariat_id = $1", secretariat_id)
    for position, field in enumerate(fields):
        await fetch(
            conn,
            """INSERT INTO asked_field (id, secretariat_id, key, label, kind, choices, required, position,
                                        built_in)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            new_id(),
            secretariat_id,
            field.key,
            field.label,
            field.kind,
            list(field.choices),
            field.required,
            position,
            field.key in _ALWAYS,
        )


def _checked(field: FieldDraft) -> FieldDraft:
    if not _KEY.fullmatch(field.key):
        raise CallRefusal.ASKED_FIELD_KEY_INVALID.at("fields", key=repr(field.key[:40]))
    label = checked_text("fields", field.label, LONGEST_LABEL, clean=clean_line, missing="enter a label.")
    choices = [
        checked_text("fields", choice, LONGEST_CHOICE, clean=clean_line, missing="enter a choice.")
        for choice in field.choices
    ]
    enough = len(set(choices)) == len(choices) >= 2
    if (field.kind is AskedFieldKind.CHOICE and not enough) or (
        field.kind is not AskedFieldKind.CHOICE and choices
    ):
        raise CallRefusal.ASKED_FIELD_CHOICES_WRONG.at("fields")
    always = next((one for one in built_in_fields("en") if one.key == field.key), None)
    if always is not None:
        return FieldDraft(field.key, label, always.kind, (), required=True)
    return FieldDraft(field.key, label, field.kind, choices, field.required)
