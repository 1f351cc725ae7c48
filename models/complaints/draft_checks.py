"""Checks of claims before the rules see them: each row with a problem is reported, the others continue."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from models.base.pace import unhurried
from models.base.refusal import RefusalCode
from models.complaints.case import Delivered, ItemDraft
from models.complaints.file.errors import NOT_EXPLAINED
from models.complaints.limits import LONGEST_EXPLANATION
from models.contact_data.text import InvalidText, clean_block
from rules.complaint import ComplaintReason


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row was not filed; other rows are not affected. `key` is the claim's, `row` its place in the
    file.

    `column` is the name of the invalid field in the API, `heading` its name in the file.
    """

    row: int | None
    column: str | None
    code: RefusalCode
    what: str
    key: UUID | None = None
    heading: str | None = None

    @property
    def message(self) -> str:
        """The problem with its field, named as the sender knows it."""
        name = self.heading or self.column
        return f"{name}: {self.what}" if name else self.what


async def check_drafts(
    drafts: Sequence[ItemDraft], deliveries: Mapping[UUID, Delivered], filed: Collection[UUID] = ()
) -> tuple[list[ItemDraft], list[RowProblem]]:
    """Separate the claims that cannot be filed: unknown or repeated deliveries, a missing explanation, an
    open or earlier complaint, a reason that a rule already rejected.

    Deliveries in `filed` were filed by an earlier attempt of the same request; their history does not matter.
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
DELIVERY_NOT_FOUND = "delivery not found in your account."


def _identity(delivered: Delivered | None, before: ItemDraft | None) -> Found | None:
    if delivered is None:
        return "deliveryId", RefusalCode.NOT_FOUND, DELIVERY_NOT_FOUND
    if before is not None:
        where = f"already in row {before.row}" if before.row else "listed twice"
        return "deliveryId", RefusalCode.CONFLICT, f"the same delivery is {where}. Keep only one."
    return None


def _text(draft: ItemDraft) -> Found | None:
    try:
        text = clean_block(draft.explanation, LONGEST_EXPLANATION)
    except InvalidText as error:
        return "explanation", RefusalCode.INVALID, f"{error}."
    if not text:
        return "explanation", RefusalCode.REQUIRED, NOT_EXPLAINED
    return None


def _history(draft: ItemDraft, delivered: Delivered) -> Found | None:
    no_consent = draft.reason is ComplaintReason.NO_CONSENT
    if no_consent and delivered.stopped:
        message = "a no-consent complaint was already accepted; this person is no longer contacted."
        return "deliveryId", RefusalCode.CONFLICT, message
    if delivered.remedied and not no_consent:  # stopping all contact is not a second remedy
        message = "this delivery has already been remedied; each delivery can be remedied only once."
        return "deliveryId", RefusalCode.CONFLICT, message
    if delivered.open_complaint is not None:
        message = f"complaint {delivered.open_complaint} about this delivery is still open."
        return "deliveryId", RefusalCode.CONFLICT, message
    earlier = delivered.rejected_by_rule.get(draft.reason)
    if earlier is not None:
        message = (
            f"this reason was already rejected in complaint {earlier}. "
            "Send a message about that complaint if you have more to add."
        )
        return "deliveryId", RefusalCode.CONFLICT, message
    return None
