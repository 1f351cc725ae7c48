"""The query `disclosures`: who received the viewer's data; for operators, the whole register."""

from typing import Annotated

import strawberry

from models.disclosures.list import (
    LATEST_NOTICES,
    NEWEST_DISCLOSURE,
    DisclosureFilter,
    DisclosureView,
    NoticeState,
    count_disclosures,
    list_disclosures,
)
from rules.visibility import DisclosureBasis
from schema.disclosures.types import DisclosureConnection
from schema.graphql.context import Info
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.ids import split_id
from schema.graphql.pagination import After, Connection, First, digest, slice_of

VIEWS.add("disclosures")


@strawberry.type
class DisclosureQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="Which vendors received the viewer's contact data, newest first; for operators, all "
        "disclosures.",
        graphql_type=DisclosureConnection | None,
    )
    async def disclosures(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        lead_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only disclosures of this lead.")
        ] = None,
        basis: Annotated[
            DisclosureBasis | None, strawberry.argument(description="Only disclosures on this basis.")
        ] = None,
        notice_state: Annotated[
            NoticeState | None,
            strawberry.argument(
                description=f"Only those of the latest {LATEST_NOTICES:,} disclosures whose notice is in "
                "this state."
            ),
        ] = None,
    ) -> Connection[DisclosureView]:
        """List disclosures."""
        context = info.context
        viewer = context.signed_in()
        if viewer.prospect_id is None and not viewer.operator:
            raise forbidden("Only prospects and operators can read the register of disclosures.")
        lead = None if lead_id is None else split_id(lead_id)
        if lead_id is not None and (lead is None or lead[0] != "Lead"):
            raise ClientError("INVALID", "leadId: must be the id of a lead.", ("leadId",))
        criteria = DisclosureFilter(lead[1] if lead else None, basis, notice_state)
        list_digest = digest("disclosures", criteria)
        part = slice_of(NEWEST_DISCLOSURE, list_digest, first, after)
        page = await list_disclosures(context.conn, viewer, part, criteria)
        return Connection(page, list_digest, lambda: count_disclosures(context.conn, viewer, criteria))
