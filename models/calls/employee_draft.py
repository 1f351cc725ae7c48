"""What is written about an employee, checked: from the API or from a row of a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from models.base.refusal import Sentence, Wording
from models.calls.limits import LONGEST_NAME, LONGEST_POSITION, LONGEST_TEXT, MOST_CC
from models.calls.person_name import NameOrder, PersonName, read_name, sort_key
from models.calls.refusals import CallRefusal
from models.calls.typed_number import read_mobile, read_typed_number
from models.calls.warnings import CallNote
from models.contact_data import InvalidEmail, InvalidPhone, Phone, clean_line, parse_email
from models.contact_data.checked_text import checked_text
from models.contact_data.refusals import ContactDataRefusal
from rules.calls.call_route import TransferWish


class EmployeeChanges(TypedDict, total=False):
    """What is written: a missing key is left as it is, None clears it. A name is whole or in parts."""

    name: str | None
    first_name: str | None
    last_name: str | None
    email: str
    cc: Sequence[str]
    position: str | None
    responsibility: str | None
    mobile: str | None
    sms_tick: bool
    vip_sms_tick: bool
    extension: str | None
    wish: TransferWish
    deputy_id: UUID | None
    absence_text: str | None


API_NAMES = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "email",
    "cc": "cc",
    "position": "position",
    "responsibility": "responsibility",
    "mobile": "mobile",
    "sms_tick": "smsNotification",
    "vip_sms_tick": "vipSmsNotification",
    "extension": "extension",
    "wish": "transfer",
    "deputy_id": "deputyId",
    "absence_text": "absenceText",
    "removed_at": "removed",
    "user_id": "user",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """The values by column, and what should be known about them."""

    values: dict[str, object]
    warnings: Sequence[Sentence[Wording]]


def check_employee_data(
    changes: EmployeeChanges, region: str, order: NameOrder | None = None, known: PersonName | None = None
) -> Checked:
    """Return the columns for what is written. `known` is the employee's name so far.

    Raises `Refusal` for the first field that is wrong.
    """
    values: dict[str, object] = {}
    warnings: list[Sentence[Wording]] = []
    if changes.keys() & {"name", "first_name", "last_name"}:
        name = _name(changes, order, known)
        values |= {"first_name": name.first, "last_name": name.last, "sort_key": sort_key(name)}
    if "email" in changes:
        values["email"] = _email("email", changes["email"])
    if "cc" in changes:
        values["cc"] = _cc(changes["cc"])
    for field, longest in (("position", LONGEST_POSITION), ("responsibility", LONGEST_POSITION)):
        if field in changes:
            text = changes["position"] if field == "position" else changes["responsibility"]
            values[field] = _line(field, text, longest)
    if "absence_text" in changes:
        values["absence_text"] = absence_text(changes["absence_text"])
    if "mobile" in changes:
        values["mobile"] = _mobile(changes["mobile"], region, warnings)
    if "extension" in changes:
        values["extension"] = _extension(changes["extension"], region, warnings)
    for column, value in changes.items():
        if column in {"sms_tick", "vip_sms_tick", "wish", "deputy_id"}:
            values[column] = value
    return Checked(values, warnings)


def absence_text(text: str | None) -> str | None:
    """Return what callers are told while an employee has no appointment (S4.20). Raises `Refusal`."""
    return _line("absenceText", text, LONGEST_TEXT)


def mobile_warning(mobile: str | None) -> Sentence[Wording] | None:
    """Return what should be checked about a stored mobile number (S4.12)."""
    in_plan = mobile is None or Phone(mobile).in_numbering_plan
    return None if in_plan else CallNote.MOBILE_NOT_IN_PLAN.sentence()


def plan_warnings(
    *, transfer_included: bool, wish: TransferWish, extension: str | None, vip_sms_tick: bool
) -> list[Sentence[Wording]]:
    """Return what an employee's transfers lack (S4.15, S4.16)."""
    wants = wish is not TransferWish.NONE
    if not transfer_included and (wants or extension is not None or vip_sms_tick):
        return [CallNote.NEEDS_TRANSFER_PLAN.sentence()]
    return [CallNote.NO_EXTENSION.sentence()] if wants and extension is None else []


def _name(changes: EmployeeChanges, order: NameOrder | None, known: PersonName | None) -> PersonName:
    whole = changes.get("name")
    first, last = changes.get("first_name"), changes.get("last_name")
    if whole and (first or last):
        raise CallRefusal.EMPLOYEE_NAMED_TWICE.at("name")
    if whole:
        name = read_name(checked_text("name", whole, 2 * LONGEST_NAME, clean=clean_line), order)
    else:
        so_far = known or PersonName("", "")
        name = PersonName(
            so_far.first if "first_name" not in changes else (first or ""),
            so_far.last if "last_name" not in changes else (last or ""),
        )
    parts = (("firstName", name.first), ("lastName", name.last))
    cleaned = [checked_text(field, part, LONGEST_NAME, clean=clean_line) for field, part in parts]
    if not cleaned[1]:
        raise CallRefusal.EMPLOYEE_NAME_MISSING.at("name")
    return PersonName(cleaned[0], cleaned[1])


def _line(field: str, text: str | None, longest: int) -> str | None:
    return None if text is None else checked_text(field, text, longest, clean=clean_line) or None


def _email(field: str, text: str) -> str:
    try:
        return parse_email(text)
    except InvalidEmail as error:
        raise error.refusal(field) from error


def _cc(addresses: Collection[str]) -> list[str]:
    if len(addresses) > MOST_CC:
        raise ContactDataRefusal.TOO_MANY_ENTRIES.at("cc", most=MOST_CC)
    return list(dict.fromkeys(_email("cc", address) for address in addresses))


def _mobile(text: str | None, region: str, warnings: list[Sentence[Wording]]) -> str | None:
    if not text or not text.strip():
        return None
    try:
        number = read_mobile(text, region)
    except InvalidPhone as error:
        raise error.refusal("mobile") from error
    if not number.in_plan:
        warnings.append(CallNote.MOBILE_NOT_IN_PLAN.sentence())
    return number.e164


def _extension(text: str | None, region: str, warnings: list[Sentence[Wording]]) -> str | None:
    if not text or not text.strip():
        return None
    try:
        number = read_typed_number(text, region)
    except InvalidPhone as error:
        raise error.refusal("extension") from error
    if not number.in_plan:
        warnings.append(CallNote.NUMBER_NOT_IN_PLAN.sentence())
    return number.e164
