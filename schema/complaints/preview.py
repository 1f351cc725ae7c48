"""The query `complaintPreview`: the decisions that items would receive, without filing them."""

from typing import Annotated

import strawberry

from models.base.clock import database_now
from models.base.refusal import Refusal
from models.base.rights import only_for_vendors
from models.complaints.submit import RowProblem, preview
from models.complaints.upload import SentItem, read_items
from schema.complaints.rows import ComplaintItemInput, ComplaintPreviewRow, NoDecision, PreviewedRow
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.limits.lists import at_most
from schema.graphql.user_error import text_for

MOST_ITEMS = 500
at_most("Query.complaintPreview(items:)", MOST_ITEMS)


def sent(items: list[ComplaintItemInput]) -> list[SentItem]:
    """Number the items in the order sent, starting at 1."""
    return [
        SentItem(row, item.delivery_id, item.reason, item.explanation)
        for row, item in enumerate(items, start=1)
    ]


@strawberry.type
class ComplaintPreviewQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The decisions that these items would receive if they were filed now; for vendors.",
        graphql_type=list[ComplaintPreviewRow] | None,
    )
    async def complaint_preview(
        self,
        info: Info,
        items: Annotated[
            list[ComplaintItemInput], strawberry.argument(description="The items, at most 500.")
        ],
    ) -> list[PreviewedRow]:
        """Preview the decisions on the items."""
        context = info.context
        viewer = context.signed_in()
        if viewer.vendor_id is None:
            raise forbidden(only_for_vendors("complain"))
        drafts, unreadable = read_items(sent(items))
        now = await database_now(context.conn)
        problems: dict[int | None, list[RowProblem]] = {found.row: [found] for found in unreadable}
        weighed = {}
        try:
            for one in await preview(viewer, context.services.checks, drafts) if drafts else []:
                weighed[one.draft.row] = one.weighed
                problems[one.draft.row] = list(one.problems)
        except Refusal as error:
            raise ClientError.of(error) from error
        rows = []
        for row in range(1, len(items) + 1):
            sentences = [found.sentence for found in problems.get(row, [])]
            messages = [text_for(context, sentence) for sentence in sentences]
            found = weighed.get(row)
            nothing = NoDecision(" ".join(messages), " ".join(map(str, sentences)), now)
            decision = nothing if found is None else found.decision
            rows.append(PreviewedRow(row, decision, messages))
        return rows
