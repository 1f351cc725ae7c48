"""GraphQL types of complaint rows that are not items yet: errors and previewed decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import strawberry

from models.base.refusal import RefusalCode
from models.calls.file.rows import EmployeeRowProblem
from models.calls.file.words import EmployeeColumn
from models.complaints.submit import RowProblem
from models.contacting.import_opt_out_list import ListRowProblem
from rules.complaint import ComplaintReason
from schema.calls import enums  # noqa: F401 - describes the columns of employees
from schema.graphql.context import Info
from schema.graphql.decision import AnyDecision, Decision, Worded
from schema.graphql.deprecation import use
from schema.graphql.enums import describe
from schema.graphql.user_error import text_for


@strawberry.input(description="A faulty delivery, with a reason and an explanation.")
class ComplaintItemInput:
    """Input of `complaintFile` and `complaintPreview`."""

    delivery_id: strawberry.ID = strawberry.field(description="The delivery.")
    reason: ComplaintReason | None = strawberry.field(
        default=None, description="The reason; an item without a reason cannot be considered."
    )
    explanation: str | None = strawberry.field(
        default=None,
        description="What happened, in your own words, at most 5,000 characters. An item without an "
        "explanation cannot be considered.",
    )


class ItemField(StrEnum):
    """A field of an item, by its name in the API."""

    DELIVERY_ID = "deliveryId"
    REASON = "reason"
    EXPLANATION = "explanation"


describe(
    ItemField,
    "A field of `ComplaintItemInput`.",
    {"DELIVERY_ID": "The delivery.", "REASON": "The reason.", "EXPLANATION": "The explanation."},
    name="ComplaintItemField",
)
_FIELDS = {str(field): field for field in ItemField}


AnyRowProblem: TypeAlias = RowProblem | EmployeeRowProblem | ListRowProblem


@strawberry.type(
    description="Why a row was refused. Other rows of a complaint are not affected; a file of employees or "
    "an opt-out list is not imported at all."
)
class RowError:
    """Source: `RowProblem`, `EmployeeRowProblem` or `ListRowProblem`."""

    column: str | None = strawberry.field(
        description="The invalid field: deliveryId, reason or explanation; or the field of an employee.",
        deprecation_reason=use("field"),
    )
    code: RefusalCode = strawberry.field(description="The kind of problem.")

    @strawberry.field(description="The name of the reason, as in `UserError.reason`.")
    def reason(root: strawberry.Parent[AnyRowProblem]) -> str:
        """Return the name."""
        return root.reason.wording.name

    @strawberry.field(description="What is wrong, and how to fix it, in the language of the viewer.")
    def message(root: strawberry.Parent[AnyRowProblem], info: Info) -> str:
        """Return the text."""
        return text_for(info.context, root.sentence)

    @strawberry.field(
        description="The invalid field of an item of a complaint; null if the error concerns the whole row."
    )
    def field(root: strawberry.Parent[AnyRowProblem]) -> ItemField | None:
        """Return the field as a member of the enum."""
        return _FIELDS.get(root.column or "")

    @strawberry.field(
        description="The invalid column of a file of employees; null if the error concerns the whole row."
    )
    def employee_column(root: strawberry.Parent[AnyRowProblem]) -> EmployeeColumn | None:
        """Return the column."""
        return root.field if isinstance(root, EmployeeRowProblem) else None

    @strawberry.field(description="The row in the file, or the position in the list of items, starting at 1.")
    def row(root: strawberry.Parent[AnyRowProblem]) -> int:
        """Return the row; rows sent through the API are always numbered."""
        return root.row or 0


class NotFiled(StrEnum):
    """Verdict of a preview for a row that no rule can decide."""

    NOT_FILED = "NOT_FILED"


@dataclass(frozen=True, slots=True)
class NoDecision(Worded):
    """Placeholder, with the attributes of a decision, for a row that cannot be filed."""

    reason: str
    decided_at: datetime
    verdict: NotFiled = NotFiled.NOT_FILED
    ruleset: str = ""
    rule_id: str = "cannot_be_filed"
    policy_version: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    changes_at: datetime | None = None
    changes_to: StrEnum | None = None
    others: tuple[()] = ()


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """One row of a preview."""

    row: int
    outcome: AnyDecision | NoDecision
    problems: list[str]


@strawberry.type(description="The decision that a row would receive if it were filed now.")
class ComplaintPreviewRow:
    """Source: `PreviewedRow`."""

    row: int = strawberry.field(description="The position in the list of items, starting at 1.")
    problems: list[str] = strawberry.field(description="Why the row could not be filed; empty if it could.")

    @strawberry.field(
        description="The decision; the verdict is NOT_FILED if the row cannot be filed.",
        graphql_type=Decision,
    )
    def decision(root: strawberry.Parent[PreviewedRow]) -> AnyDecision | NoDecision:
        """Return the decision."""
        return root.outcome
