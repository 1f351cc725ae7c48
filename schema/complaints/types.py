"""Owns complaints, their items, evidence and messages as the API shows them.

It must not show another account's: its sources are read for one viewer.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.base.keyset import Count
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
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    TOTAL_COUNT,
    TOTAL_COUNT_IS_EXACT,
    WITHIN_A_LIST,
    After,
    Connection,
    First,
    PageInfo,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.graphql.scalars import Cursor
from schema.policies.loaders import PolicyLoaders

if TYPE_CHECKING:
    from schema.deliveries.types import Delivery

ItsDelivery = Annotated["Delivery", strawberry.lazy("schema.deliveries.types")]
ItsComplaint = Annotated["Complaint", strawberry.lazy("schema.complaints.types")]


@strawberry.type(description="What one check found about an item, without any contact data.")
class ComplaintEvidence:
    """Source: `EvidenceView`."""

    check: EvidenceCheck = strawberry.field(description="What looked.")
    source: str = strawberry.field(description="What it asked, with its version.")
    at: datetime = strawberry.field(description="When it looked.")
    speaks: Speaks = strawberry.field(description="Which way it points.")
    conclusive: bool = strawberry.field(description="Whether it decides alone.")
    confidence: int = strawberry.field(description="How sure it is, in percent.")
    detail: str = strawberry.field(description="What was found, a code.")


@strawberry.type(description="One delivery of a complaint, decided alone.")
class ComplaintItem(Node):
    """Source: `ComplaintItemView`."""

    id: strawberry.ID = node_id("ComplaintItem")
    version: int = strawberry.field(description="Grows with each change; `expectedVersion` takes it.")
    row: int | None = strawberry.field(
        description="The row of the uploaded file, or the place among the items that were sent, from 1."
    )
    reason: ComplaintReason | None = strawberry.field(description="What is said to be wrong.")
    explanation: str | None = strawberry.field(description="What the vendor wrote about it.")
    verdict: ComplaintVerdict = strawberry.field(description="What was decided.")
    comment: str | None = strawberry.field(description="What the operator wrote to the vendor.")
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    remedy: Remedy | None = strawberry.field(
        description="What an accepted item gets; a replacement that is not there yet is awaited."
    )
    remedy_points: int | None = strawberry.field(
        description="The points that came back; null while none did, as for a replacement."
    )
    remedy_settled_at: datetime | None = strawberry.field(
        description="When the remedy arrived; null while it is awaited."
    )

    @strawberry.field(description="Why a rule was set aside; for operators.", graphql_type=str | None)
    def override_reason(root: strawberry.Parent[ComplaintItemView], info: Info) -> str | None:
        """Return it to an operator."""
        return root.override_reason if info.context.viewer.operator else None

    @strawberry.field(description="The complaint.", graphql_type=ItsComplaint)
    async def complaint(root: strawberry.Parent[ComplaintItemView], info: Info) -> ComplaintView | None:
        """Load the complaint."""
        return await info.context.load(ComplaintLoaders).complaint.load(root.complaint_id)

    @strawberry.field(description="The delivery that it is about.", graphql_type=ItsDelivery | None)
    async def delivery(root: strawberry.Parent[ComplaintItemView], info: Info) -> DeliveryView | None:
        """Load the delivery."""
        return await info.context.load(DeliveryLoaders).by_id.load(root.delivery_id)

    @strawberry.field(description="The decision, from the log.", graphql_type=Decision)
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
        description="What our checks found, the earliest first.", graphql_type=list[ComplaintEvidence]
    )
    async def evidence(root: strawberry.Parent[ComplaintItemView], info: Info) -> list[EvidenceView]:
        """Load the evidence."""
        return await info.context.load(ComplaintLoaders).evidence.load(root.id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Tell an item from other nodes."""
        return isinstance(obj, ComplaintItemView)


@strawberry.type(description="An item in a list.")
class ComplaintItemEdge:
    """Source: `Edge[ComplaintItemView]`."""

    cursor: Cursor = strawberry.field(description="Where it stands in the list.")
    node: ComplaintItem = strawberry.field(description="The item.")


@strawberry.type(description="A page of items.")
class ComplaintItemConnection:
    """Source: `Connection[ComplaintItemView]`."""

    edges: list[ComplaintItemEdge] = strawberry.field(description="The items with their cursors.")
    nodes: list[ComplaintItem] = strawberry.field(description="The items alone.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @strawberry.field(description=TOTAL_COUNT)
    async def total_count(root: strawberry.Parent[Connection[ComplaintItemView]]) -> int:
        """Count."""
        return (await root.count()).total

    @strawberry.field(description=TOTAL_COUNT_IS_EXACT)
    async def total_count_is_exact(root: strawberry.Parent[Connection[ComplaintItemView]]) -> bool:
        """Count, or remember having counted."""
        return (await root.count()).exact


@strawberry.type(description="How many items stand where.")
class ComplaintCounts:
    """Source: `models.complaints.list.ComplaintCounts`."""

    total: int = strawberry.field(description="All items.")
    accepted: int = strawberry.field(description="Those accepted.")
    rejected: int = strawberry.field(description="Those rejected.")
    under_review: int = strawberry.field(description="Those that wait for the operator.")


@strawberry.type(description="A message about a complaint (S5.12).")
class ComplaintMessage(Node):
    """Source: `ComplaintMessageView`."""

    id: strawberry.ID = node_id("ComplaintMessage")
    from_operator: bool = strawberry.field(description="Whether the operator wrote it, or the vendor.")
    text: str = strawberry.field(description="What was written.")
    at: datetime = strawberry.field(description="When it was sent.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Tell a message from other nodes."""
        return isinstance(obj, ComplaintMessageView)


@strawberry.type(description="A message in a thread.")
class ComplaintMessageEdge:
    """Source: `Edge[ComplaintMessageView]`."""

    cursor: Cursor = strawberry.field(description="Where it stands in the thread.")
    node: ComplaintMessage = strawberry.field(description="The message.")


@strawberry.type(description="A page of a thread.")
class ComplaintMessageConnection:
    """Source: `Connection[ComplaintMessageView]`."""

    edges: list[ComplaintMessageEdge] = strawberry.field(description="The messages with their cursors.")
    nodes: list[ComplaintMessage] = strawberry.field(description="The messages alone.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")


@strawberry.type(description="A vendor's claim that delivered contacts are faulty.")
class Complaint(Node):
    """Source: `ComplaintView`."""

    id: strawberry.ID = node_id("Complaint")
    version: int = strawberry.field(description="Grows with each change.")
    number: str = strawberry.field(description="The number to quote, such as C-000042.")
    vendor: Vendor = strawberry.field(description="Whose complaint it is.")
    status: ComplaintStatus = strawberry.field(description="Where it stands, by the clock.")
    submitted_at: datetime = strawberry.field(description="When it was filed.")
    decide_by: datetime = strawberry.field(description="The first instant that is too late for the decision.")
    decided_at: datetime | None = strawberry.field(description="When its last item was decided.")
    escalated_at: datetime | None = strawberry.field(description="Since when its breach is escalated.")

    @strawberry.field(description="The file that it was filed by.", graphql_type=File | None)
    async def file(root: strawberry.Parent[ComplaintView], info: Info) -> FileView | None:
        """Load the file."""
        loader = info.context.load(FileLoaders).by_id
        return None if root.file_id is None else await loader.load(root.file_id)

    @strawberry.field(description="The answer with all decisions and comments.", graphql_type=File | None)
    async def answer_file(root: strawberry.Parent[ComplaintView], info: Info) -> FileView | None:
        """Load the file."""
        loader = info.context.load(FileLoaders).by_id
        return None if root.answer_file_id is None else await loader.load(root.answer_file_id)

    @strawberry.field(
        description="Its items by their rows. " + WITHIN_A_LIST,
        graphql_type=ComplaintItemConnection,
    )
    async def items(
        root: strawberry.Parent[ComplaintView],
        info: Info,
        first: First = 25,
        after: After = None,
        verdict: Annotated[
            ComplaintVerdict | None, strawberry.argument(description="Those of this verdict; all without it.")
        ] = None,
    ) -> Connection[ComplaintItemView]:
        """Load a page; within a list all complaints' pages are one statement."""
        context, of = info.context, (root.id, verdict)
        list_digest = digest("complaintItems", *of)
        part = slice_of(BY_ROW, list_digest, first, after)
        if within_list(info):
            page = await context.load(ComplaintLoaders).items.load((*of, nested_size(info, part, first)))
        else:
            page = await list_items(context.conn, context.viewer, of, part)
        if verdict is None:  # counted for all complaints at once

            async def count() -> Count:
                return Count.of((await context.load(ComplaintLoaders).counts.load(root.id)).total)

            return Connection(page, list_digest, count)
        return Connection(page, list_digest, lambda: count_items(context.conn, of))

    @strawberry.field(description="How many items stand where.", graphql_type=ComplaintCounts)
    async def counts(root: strawberry.Parent[ComplaintView], info: Info) -> Counts:
        """Count for all complaints at once."""
        return await info.context.load(ComplaintLoaders).counts.load(root.id)

    @strawberry.field(
        description="Questions and answers about it, the oldest first. " + WITHIN_A_LIST,
        graphql_type=ComplaintMessageConnection,
    )
    async def messages(
        root: strawberry.Parent[ComplaintView], info: Info, first: First = 25, after: After = None
    ) -> Connection[ComplaintMessageView]:
        """Load a page; within a list all threads' pages are one statement."""
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
        """Tell a complaint from other nodes."""
        return isinstance(obj, ComplaintView)


@strawberry.type(description="A complaint in a list.")
class ComplaintEdge:
    """Source: `Edge[ComplaintView]`."""

    cursor: Cursor = strawberry.field(description="Where it stands in the list.")
    node: Complaint = strawberry.field(description="The complaint.")


@strawberry.type(description="A page of complaints.")
class ComplaintConnection:
    """Source: `Connection[ComplaintView]`."""

    edges: list[ComplaintEdge] = strawberry.field(description="The complaints with their cursors.")
    nodes: list[Complaint] = strawberry.field(description="The complaints alone.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @strawberry.field(description=TOTAL_COUNT)
    async def total_count(root: strawberry.Parent[Connection[ComplaintView]]) -> int:
        """Count."""
        return (await root.count()).total

    @strawberry.field(description=TOTAL_COUNT_IS_EXACT)
    async def total_count_is_exact(root: strawberry.Parent[Connection[ComplaintView]]) -> bool:
        """Count, or remember having counted."""
        return (await root.count()).exact
