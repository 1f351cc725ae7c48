"""Checks of claims before the rules see them: each row with a problem is reported, the others continue."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from models.base.pace import unhurried
from models.base.refusal import RefusalCode, RefusalReason, Sentence
from models.complaints.case import Delivered, ItemDraft
from models.complaints.limits import LONGEST_EXPLANATION
from models.complaints.refusals import ComplaintRefusal
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
    reason: Sentence[RefusalReason]
    key: UUID | None = None
    heading: str | None = None

    @property
    def code(self) -> RefusalCode:
        """The kind of problem."""
        return self.reason.wording.why.code

    @property
    def sentence(self) -> Sentence[RefusalReason]:
        """The problem with its field, named as the sender knows it."""
        name = self.heading or self.column
        return self.reason.at(name) if name else self.reason


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
        if found is not None:
            column, reason = found
            problems.append(RowProblem(draft.row, column, reason, draft.key))
            continue
        seen[draft.delivery_id] = draft
        valid.append(replace(draft, explanation=clean_block(draft.explanation, LONGEST_EXPLANATION)))
    return valid, problems


Found = tuple[str, Sentence[RefusalReason]]


def _identity(delivered: Delivered | None, before: ItemDraft | None) -> Found | None:
    if delivered is None:
        return "deliveryId", ComplaintRefusal.DELIVERY_NOT_FOUND.sentence()
    if before is not None:
        return "deliveryId", ComplaintRefusal.DELIVERY_REPEATED.sentence(row=before.row or 0)
    return None


def _text(draft: ItemDraft) -> Found | None:
    try:
        text = clean_block(draft.explanation, LONGEST_EXPLANATION)
    except InvalidText as error:
        return "explanation", error.sentence
    return None if text else ("explanation", ComplaintRefusal.EXPLANATION_MISSING.sentence())


def _history(draft: ItemDraft, delivered: Delivered) -> Found | None:
    no_consent = draft.reason is ComplaintReason.NO_CONSENT
    if no_consent and delivered.stopped:
        return "deliveryId", ComplaintRefusal.NO_CONSENT_ALREADY_ACCEPTED.sentence()
    if delivered.remedied and not no_consent:  # stopping all contact is not a second remedy
        return "deliveryId", ComplaintRefusal.REMEDY_ALREADY_GRANTED.sentence()
    if delivered.open_complaint is not None:
        return "deliveryId", ComplaintRefusal.COMPLAINT_OPEN.sentence(number=delivered.open_complaint)
    earlier = delivered.rejected_by_rule.get(draft.reason)
    if earlier is not None:
        return "deliveryId", ComplaintRefusal.REASON_ALREADY_REJECTED.sentence(number=earlier)
    return None
