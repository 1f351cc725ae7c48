"""GraphQL types of complaints, their items, evidence and messages. Their sources are read for one viewer."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.base.keyset import Count
from models.complaints.evidence.detail import Detail
from models.complaints.facts import ComplaintStatus
from models.complaints.item_list import (
    BY_ROW,
    ComplaintItemView,
    EvidenceView,
    count_items,
    list_items,
)
from models.complaints.list import ComplaintCounts as Counts
from models.complaints.list import ComplaintView
from models.complaints.message_list import OLDEST_MESSAGE, ComplaintMessageView, list_messages
from models.complaints.tables import EvidenceCheck, Remedy, Speaks
from models.files.list import FileView
from models.leads.views import DeliveryView
from models.policies.decisions import RecordedDecision
from rules.complaint import ComplaintReason, ComplaintVerdict
from schema.applications.types import Vendor
from schema.complaints.loaders import ComplaintLoaders
from schema.deliveries.loaders import DeliveryLoaders
from schema.files.loaders import FileLoaders
from schema.files.types import File
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.deprecation import use
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    CountedPageOf,
    First,
    PageOf,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.placements.fields import placed_field
from schema.placements.types import PlacedMessage
from schema.policies.loaders import PolicyLoaders

if TYPE_CHECKING:
    from schema.deliveries.types import Delivery

ItsDelivery = Annotated["Delivery", strawberry.lazy("schema.deliveries.types")]
ItsComplaint = Annotated["Complaint", strawberry.lazy("schema.complaints.types")]


_FINDINGS = {str(finding): finding for finding in Detail}


@strawberry.type(description="The result of one check of an item; it contains no contact data.")
class ComplaintEvidence:
    """Source: `EvidenceView`."""

    check: EvidenceCheck = strawberry.field(description="The check that ran.")
    source: str = strawberry.field(description="The data source of the check, with its version.")
    at: datetime = strawberry.field(description="When the check ran.")
    speaks: Speaks = strawberry.field(
        description="Whether the evidence supports or contradicts the complaint."
    )
    conclusive: bool = strawberry.field(
        description="Whether this evidence alone is sufficient for a decision."
    )
    confidence: int = strawberry.field(description="The confidence, in percent.")
    detail: str = strawberry.field(description="A code for the finding.", deprecation_reason=use("finding"))

    @strawberry.field(description="What was found; null for a recorded finding that no longer exists.")
    def finding(root: strawberry.Parent[EvidenceView]) -> Detail | None:
        """Return the finding as a member of the enum."""
        return _FINDINGS.get(root.detail)


@strawberry.type(description="One delivery in a complaint, decided independently of the other items.")
class ComplaintItem(Node):
    """Source: `ComplaintItemView`."""

    id: strawberry.ID = node_id("ComplaintItem")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    row: int | None = strawberry.field(
        description="The row in the uploaded file, or the position in the list of items, starting at 1."
    )
    reason: ComplaintReason | None = strawberry.field(description="The reason for the complaint.")
    explanation: str | None = strawberry.field(description="The vendor's explanation.")
    verdict: ComplaintVerdict = strawberry.field(description="The verdict.")
    comment: str | None = strawberry.field(description="The operator's comment to the vendor.")
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    remedy: Remedy | None = strawberry.field(
        description="The remedy for an accepted item; a replacement may still be pending."
    )
    remedy_points: int | None = strawberry.field(
        description="The points credited; null if none have been credited, for example for a replacement."
    )
    remedy_settled_at: datetime | None = strawberry.field(
        description="When the remedy was provided; null while it is pending."
    )

    @strawberry.field(description="Why an operator overruled a rule; for operators.", graphql_type=str | None)
    def override_reason(root: strawberry.Parent[ComplaintItemView], info: Info) -> str | None:
        """Return it to operators only."""
        return root.override_reason if info.context.viewer.operator else None

    @strawberry.field(description="The complaint.", graphql_type=ItsComplaint)
    async def complaint(root: strawberry.Parent[ComplaintItemView], info: Info) -> ComplaintView | None:
        """Load the complaint."""
        return await info.context.load(ComplaintLoaders).complaint.load(root.complaint_id)

    @strawberry.field(description="The delivery complained about.", graphql_type=ItsDelivery | None)
    async def delivery(root: strawberry.Parent[ComplaintItemView], info: Info) -> DeliveryView | None:
        """Load the delivery."""
        return await info.context.load(DeliveryLoaders).by_id.load(root.delivery_id)

    @strawberry.field(description="The logged decision.", graphql_type=Decision)
    async def decision(root: strawberry.Parent[ComplaintItemView], info: Info) -> RecordedDecision | None:
        """Load the decision."""
        return await info.context.load(PolicyLoaders).decision.load(root.decision_id)

    @strawberry.field(
        description="The delivery that replaces the faulty one.", graphql_type=ItsDelivery | None
    )
    async def replacement(root: strawberry.Parent[ComplaintItemView], info: Info) -> DeliveryView | None:
        """Load the delivery."""
        if root.replacement_id is None:
            return None
        return await info.context.load(DeliveryLoaders).by_id.load(root.replacement_id)

    @strawberry.field(
        description="The results of the automatic checks, earliest first.",
        graphql_type=list[ComplaintEvidence],
    )
    async def evidence(root: strawberry.Parent[ComplaintItemView], info: Info) -> list[EvidenceView]:
        """Load the evidence."""
        return await info.context.load(ComplaintLoaders).evidence.load(root.id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a complaint item."""
        return isinstance(obj, ComplaintItemView)


ComplaintItemConnection = CountedPageOf[ComplaintItem]


@strawberry.type(description="The number of items by verdict.")
class ComplaintCounts:
    """Source: `models.complaints.list.ComplaintCounts`."""

    total: int = strawberry.field(description="Number of items.")
    accepted: int = strawberry.field(description="Accepted items.")
    rejected: int = strawberry.field(description="Rejected items.")
    under_review: int = strawberry.field(description="Items under review by an operator.")


@strawberry.type(description="A message about a complaint.")
class ComplaintMessage(Node):
    """Source: `ComplaintMessageView`."""

    id: strawberry.ID = node_id("ComplaintMessage")
    from_operator: bool = strawberry.field(
        description="True if an operator wrote it, false if the vendor did."
    )
    text: str = strawberry.field(description="The text of the message.")
    at: datetime = strawberry.field(description="When it was sent.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a message."""
        return isinstance(obj, ComplaintMessageView)


ComplaintMessageConnection = PageOf[ComplaintMessage]


@strawberry.type(description="A vendor's complaint about faulty deliveries.")
class Complaint(Node):
    """Source: `ComplaintView`."""

    id: strawberry.ID = node_id("Complaint")
    version: int = strawberry.field(description="Increases with every change.")
    number: str = strawberry.field(description="The reference number, such as C-000042.")
    vendor: Vendor = strawberry.field(description="The vendor that filed it.")
    status: ComplaintStatus = strawberry.field(
        description="The current status; it changes with time even if nobody acts."
    )
    submitted_at: datetime = strawberry.field(description="When it was filed.")
    decide_by: datetime = strawberry.field(description="The deadline for the decision, exclusive.")
    decided_at: datetime | None = strawberry.field(description="When the last item was decided.")
    escalated_at: datetime | None = strawberry.field(description="When the missed deadline was escalated.")
    placed: list[PlacedMessage] = placed_field()

    @strawberry.field(description="The file that it was filed with.", graphql_type=File | None)
    async def file(root: strawberry.Parent[ComplaintView], info: Info) -> FileView | None:
        """Load the file."""
        loader = info.context.load(FileLoaders).by_id
        return None if root.file_id is None else await loader.load(root.file_id)

    @strawberry.field(
        description="The answer file with all decisions and comments.", graphql_type=File | None
    )
    async def answer_file(root: strawberry.Parent[ComplaintView], info: Info) -> FileView | None:
        """Load the file."""
        loader = info.context.load(FileLoaders).by_id
        return None if root.answer_file_id is None else await loader.load(root.answer_file_id)

    @strawberry.field(
        description="The items, ordered by row. " + WITHIN_A_LIST,
        graphql_type=ComplaintItemConnection,
    )
    async def items(
        root: strawberry.Parent[ComplaintView],
        info: Info,
        first: First = 25,
        after: After = None,
        verdict: Annotated[
            ComplaintVerdict | None,
            strawberry.argument(description="Only items with this verdict; all items if omitted."),
        ] = None,
    ) -> Connection[ComplaintItemView]:
        """Load a page; inside a list, one statement loads the pages of all complaints."""
        context, of = info.context, (root.id, verdict)
        list_digest = digest("complaintItems", *of)
        part = slice_of(BY_ROW, list_digest, first, after)
        if within_list(info):
            page = await context.load(ComplaintLoaders).items.load((*of, nested_size(info, part, first)))
        else:
            page = await list_items(context.conn, context.viewer, of, part)
        if verdict is None:  # one statement counts for all complaints

            async def count() -> Count:
                return Count.of((await context.load(ComplaintLoaders).counts.load(root.id)).total)

            return Connection(page, list_digest, count)
        return Connection(page, list_digest, lambda: count_items(context.conn, of))

    @strawberry.field(description="The number of items by verdict.", graphql_type=ComplaintCounts)
    async def counts(root: strawberry.Parent[ComplaintView], info: Info) -> Counts:
        """Count for all complaints in one statement."""
        return await info.context.load(ComplaintLoaders).counts.load(root.id)

    @strawberry.field(
        description="Messages about the complaint, oldest first. " + WITHIN_A_LIST,
        graphql_type=ComplaintMessageConnection,
    )
    async def messages(
        root: strawberry.Parent[ComplaintView], info: Info, first: First = 25, after: After = None
    ) -> Connection[ComplaintMessageView]:
        """Load a page; inside a list, one statement loads the pages of all complaints."""
        context = info.context
        list_digest = digest("complaintMessages", root.id)
        part = slice_of(OLDEST_MESSAGE, list_digest, first, after)
        if within_list(info):
            size = nested_size(info, part, first)
            page = await context.load(ComplaintLoaders).messages.load((root.id, size))
        else:
            page = await list_messages(context.conn, context.viewer, root.id, part)
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a complaint."""
        return isinstance(obj, ComplaintView)


ComplaintConnection = CountedPageOf[Complaint]
