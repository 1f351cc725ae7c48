"""VIP entries: callers whom a company, or one employee, treats in a special way (S4.22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import fetch, fetch_one
from models.base.ids import new_id
from models.base.public_id import public_id
from models.base.refusal import Sentence, Wording
from models.base.viewer import Viewer
from models.calls.edit import (
    Edit,
    check_employee,
    check_may_change,
    check_version,
    editing,
    editing_of,
    store_changes,
)
from models.calls.limits import LONGEST_NAME, LONGEST_NOTE, MOST_VIPS
from models.calls.recognition import VipTreatment
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.calls.typed_number import TypedNumber, read_block, read_typed_number
from models.calls.warnings import CallNote
from models.contact_data import InvalidPhone, clean_line
from models.contact_data.checked_text import checked_text

VIP = ChangeSubject.VIP_CALLER
_ACTION = "change VIP entries"


@dataclass(frozen=True, slots=True)
class VipDraft:
    """An entry as it is written; of the company if there is no employee."""

    number: str
    block: bool
    name: str
    note: str
    treatment: VipTreatment
    waives: Sequence[str]
    employee_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SavedVip:
    """The entry, and what should be known about its number."""

    id: UUID
    warnings: Sequence[Sentence[Wording]]


async def create_vip(
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    draft: VipDraft,
    idempotency_key: str | None,
    given: dict[str, object],
) -> SavedVip:
    """Add an entry. Raises `Refusal`: CONFLICT with the id of the entry that has the number already."""
    check_may_change(viewer, _ACTION)
    vip_id = new_id()
    async with editing(viewer, secretariat_id) as edit:
        earlier = await edit.first("vipCallerSet", idempotency_key, given, vip_id)
        if earlier is not None:
            return SavedVip(earlier, ())
        if draft.employee_id is not None:
            await check_employee(edit.conn, edit.secretariat.id, draft.employee_id, "employeeId")
        number = await _checked(edit, draft, draft.employee_id, vip_id)
        count = await fetch_one(
            edit.conn, "SELECT count(*) AS n FROM vip_caller WHERE secretariat_id = $1", edit.secretariat.id
        )
        if count is not None and count["n"] >= MOST_VIPS:
            raise CallRefusal.TOO_MANY_VIP_CALLERS.at(most=MOST_VIPS)
        values = _values(draft, number)
        places = ", ".join(f"${place}" for place in range(4, 4 + len(values)))
        await fetch(
            edit.conn,
            f"""INSERT INTO vip_caller (id, secretariat_id, employee_id, version, {", ".join(values)})
                VALUES ($1, $2, $3, 1, {places})""",
            vip_id,
            edit.secretariat.id,
            draft.employee_id,
            *values.values(),
        )
        await edit.note(VIP, vip_id, ["created"])
    return SavedVip(vip_id, _warnings(draft, number))


async def update_vip(
    viewer: Viewer, *, vip_id: UUID, expected_version: int | None, draft: VipDraft
) -> SavedVip:
    """Replace what an entry says; it stays the employee's or the company's. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, VIP, vip_id, "vipCallerId") as edit:
        employee_id = await _check(edit, vip_id, expected_version)
        number = await _checked(edit, draft, employee_id, vip_id)
        changed = await store_changes(edit.conn, "vip_caller", vip_id, _values(draft, number))
        if changed:
            await edit.note(VIP, vip_id, changed)
    return SavedVip(vip_id, _warnings(draft, number))


async def delete_vip(viewer: Viewer, *, vip_id: UUID, expected_version: int) -> UUID:
    """Delete an entry. Raises `Refusal`."""
    check_may_change(viewer, _ACTION)
    async with editing_of(viewer, VIP, vip_id, "vipCallerId") as edit:
        await _check(edit, vip_id, expected_version)
        await fetch(edit.conn, "DELETE FROM vip_caller WHERE id = $1", vip_id)
        await edit.note(VIP, vip_id, ["deleted"])
    return vip_id


async def _check(edit: Edit, vip_id: UUID, expected_version: int | None) -> UUID | None:
    row = await fetch_one(
        edit.conn, "SELECT version, employee_id FROM vip_caller WHERE id = $1 FOR NO KEY UPDATE", vip_id
    )
    if row is None:
        raise CallRefusal.VIP_CALLER_NOT_FOUND.at("vipCallerId")
    check_version(row["version"], expected_version)
    employee_id: UUID | None = row["employee_id"]
    return employee_id


async def _checked(edit: Edit, draft: VipDraft, employee_id: UUID | None, vip_id: UUID) -> TypedNumber:
    read = read_block if draft.block else read_typed_number
    try:
        number = read(draft.number, edit.secretariat.region)
    except InvalidPhone as error:
        raise error.refusal("number") from error
    known = await fetch_one(
        edit.conn,
        """SELECT id FROM vip_caller WHERE secretariat_id = $1 AND employee_id IS NOT DISTINCT FROM $2
           AND number = $3 AND block = $4 AND id <> $5""",
        edit.secretariat.id,
        employee_id,
        number.e164,
        draft.block,
        vip_id,
    )
    if known is not None:
        raise CallRefusal.VIP_CALLER_EXISTS.at("number", id=public_id("VipCaller", known["id"]))
    keys = await fetch(
        edit.conn, "SELECT key FROM asked_field WHERE secretariat_id = $1", edit.secretariat.id
    )
    unknown = set(draft.waives) - {row["key"] for row in keys}
    if unknown:
        raise CallRefusal.WAIVED_FIELD_UNKNOWN.at("waives", key=repr(min(unknown)[:40]))
    return number


def _values(draft: VipDraft, number: TypedNumber) -> dict[str, object]:
    return {
        "number": number.e164,
        "block": draft.block,
        "name": checked_text("name", draft.name, LONGEST_NAME, clean=clean_line, missing="enter a name."),
        "note": checked_text("note", draft.note, LONGEST_NOTE),
        "treatment": draft.treatment,
        "waives": sorted(set(draft.waives)),
    }


def _warnings(draft: VipDraft, number: TypedNumber) -> list[Sentence[Wording]]:
    warnings: list[Sentence[Wording]] = []
    if number.block_hint is not None and not draft.block:
        warnings.append(CallNote.BLOCK_WOULD_KNOW_EXTENSIONS.sentence(block=number.block_hint))
    if not number.in_plan and not draft.block:
        warnings.append(CallNote.NUMBER_NOT_IN_PLAN.sentence())
    return warnings
