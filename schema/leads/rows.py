"""The list of leads read as rows, for `schema.graphql.fast_path`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.base.keyset import Count, Slice
from models.base.viewer import Viewer
from models.leads.columns import FACTS
from models.leads.list import LeadFilter, LeadOrder, count_leads, lead_rows, viewer_kind
from models.leads.rows import other_emails_of, other_phones_of
from models.leads.verdicts import verdicts_of
from schema.graphql.context import Context
from schema.graphql.fast_path.list_plan import AskedRows, ReadRows
from schema.graphql.fast_path.row_types import Computed, Nested, NotCovered, RowType

MARKET = RowType("Market", {"code": "market_code", "name": "market_name"}, node_id="market_id")

CONTACT = RowType(
    "Contact",
    {
        name: name
        for name in (
            "full_name",
            "organisation",
            "email",
            "phone",
            "phone_extension",
            "registration_number",
            "linkedin_url",
            "meeting_url",
            "preferred_channel",
            "time_zone",
        )
    },
    computed={
        "other_emails": Computed(("other_emails",), other_emails_of),
        "other_phones": Computed(("other_phones",), other_phones_of),
    },
)

LEAD = RowType(
    "Lead",
    {
        name: name
        for name in (
            "title",
            "brief",
            "category",
            "city",
            "country",
            "budget_min",
            "budget_max",
            "currency",
            "source",
            "published_at",
            "closes_at",
            "fee",
        )
    },
    node_id="id",
    decision="visibility",
    nested={"market": Nested(MARKET), "contact": Nested(CONTACT, present=("full_name",), visible=True)},
)


@dataclass(frozen=True, slots=True)
class AskedLeads:
    """The arguments of `leads`, for one viewer."""

    viewer: Viewer
    criteria: LeadFilter
    order: LeadOrder
    list_digest: str
    part: Slice

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page; an empty one of an unknown market is an error, which the resolver reports."""
        names = dict.fromkeys((*columns, *FACTS) if verdicts else columns or ("id",))
        found = await lead_rows(
            context.conn,
            self.viewer,
            self.part,
            self.order,
            self.criteria,
            tuple(names),
            positions=positions,
        )
        if not found.cut.rows and self.criteria.market is not None:
            raise NotCovered
        if not verdicts:
            return ReadRows(found.cut, ())
        kind = viewer_kind(self.viewer)
        return ReadRows(found.cut, await verdicts_of(context.conn, found.cut.rows, kind, found.silent))

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_leads(context.conn, self.viewer, self.criteria)


class LeadRows:
    """The root field `leads`."""

    row_type = LEAD

    def __init__(self, asked: Callable[..., AskedLeads]) -> None:
        """Take the function that reads its arguments."""
        self._asked = asked

    def asked(self, context: Context, arguments: Mapping[str, Any]) -> AskedRows:
        """Read the arguments."""
        return self._asked(context, **arguments)

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return False for an operator who would see contact data: each look is logged."""
        return not context.viewer.operator or columns.isdisjoint(CONTACT.columns.values())
