"""Owns what can be filed of what a vendor claims: every row with a problem is named, the others stay.

It must not weigh a claim: what can be filed goes to the rules.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from models.base.pace import unhurried
from models.base.refusal import RefusalCode
from models.complaints.case import Delivered, ItemDraft
from models.complaints.limits import LONGEST_EXPLANATION
from models.contact_data.text import InvalidText, clean_block
from rules.complaint import ComplaintReason


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row was not filed; the others were. `key` is the claim's, `row` its place in a file.

    `column` is the input's name of what is at fault, `heading` what the file calls it.
    """

    row: int | None
    column: str | None
    code: RefusalCode
    what: str
    key: UUID | None = None
    heading: str | None = None

    @property
    def message(self) -> str:
        """What is wrong with what, in the words of who sent it."""
        name = self.heading or self.column
        return f"{name}: {self.what}" if name else self.what


async def check_drafts(
    drafts: Sequence[ItemDraft], deliveries: Mapping[UUID, Delivered], filed: Collection[UUID] = ()
) -> tuple[list[ItemDraft], list[RowProblem]]:
    """Sort out what cannot be filed: unknown deliveries, repeated ones, no explanation, already complained,
    already rejected by a rule for the same reason.

    Deliveries in `filed` were filed by the very same request before: that is no problem of theirs.
    """
    valid: list[ItemDraft] = []
    problems: list[RowProblem] = []
    seen: dict[UUID, ItemDraft] = {}
    async for draft in unhurried(drafts):
        delivered, before = deliveries.get(draft.delivery_id), seen.get(draft.delivery_id)
        found = (
            _identity(delivered, before)
            or _text(draft)
            or (None if delivered is None or delivered.id in filed else _history(draft, delivered))
        )
        if isinstance(found, tuple):
            column, code, what = found
            problems.append(RowProblem(draft.row, column, code, what, draft.key))
            continue
        seen[draft.delivery_id] = draft
        valid.append(replace(draft, explanation=clean_block(draft.explanation, LONGEST_EXPLANATION)))
    return valid, problems


Found = tuple[str, RefusalCode, str]


def _identity(delivered: Delivered | None, before: ItemDraft | None) -> Found | None:
    if delivered is None:
        return "deliveryId", RefusalCode.NOT_FOUND, "there is no such delivery, or it is not your account's"
    if before is not None:
        where = f"in row {before.row}" if before.row else "before it"
        return "deliveryId", RefusalCode.CONFLICT, f"the same delivery stands {where}; keep one of them"
    return None


def _text(draft: ItemDraft) -> Found | None:
    try:
        text = clean_block(draft.explanation, LONGEST_EXPLANATION)
    except InvalidText as error:
        return "explanation", RefusalCode.INVALID, str(error)
    if not text:
        message = "say in your own words what is wrong with this contact"
        return "explanation", RefusalCode.REQUIRED, message
    return None


def _history(draft: ItemDraft, delivered: Delivered) -> Found | None:
    no_consent = draft.reason is ComplaintReason.NO_CONSENT
    if no_consent and delivered.stopped:
        message = "that there is no consent was accepted already; nobody contacts this person any more"
        return "deliveryId", RefusalCode.CONFLICT, message
    if delivered.remedied and not no_consent:  # the stop of all contact is no second remedy
        return "deliveryId", RefusalCode.CONFLICT, "this delivery had its remedy already"
    if delivered.open_complaint is not None:
        message = f"complaint {delivered.open_complaint} about it is still open"
        return "deliveryId", RefusalCode.CONFLICT, message
    earlier = delivered.rejected_by_rule.get(draft.reason)
    if earlier is not None:
        message = f"a rule rejected this reason in complaint {earlier}; write there if there is more to say"
        return "deliveryId", RefusalCode.CONFLICT, message
    return None
