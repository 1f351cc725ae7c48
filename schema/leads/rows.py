"""The list of leads read as rows, for `schema.graphql.fast_path`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from models.base.keyset import Count, Slice
from models.leads.columns import FACTS
from models.leads.list import LeadFilter, LeadOrder, count_leads, lead_rows, viewer_kind
from models.leads.rows import other_emails_of, other_phones_of
from models.leads.verdicts import verdicts_of
from schema.graphql.context import Context
from schema.graphql.fast_path.list_plan import ReadRows
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
    """The arguments of `leads`."""

    criteria: LeadFilter
    order: LeadOrder
    list_digest: str
    part: Slice

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return False for an operator who would see contact data: each look is logged."""
        return not context.may_list_leads().operator or columns.isdisjoint(CONTACT.columns.values())

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page; an empty one of an unknown market is an error, which the resolver reports."""
        conn, viewer = context.conn, context.viewer
        found = await lead_rows(
            conn,
            viewer,
            self.part,
            self.order,
            self.criteria,
            _with_facts(columns) if verdicts else columns or ("id",),
            positions=positions,
        )
        rows = found.cut.rows
        if not rows and self.criteria.market is not None:
            raise NotCovered
        return ReadRows(
            found.cut,
            await verdicts_of(conn, rows, viewer_kind(viewer), found.silent) if verdicts else (),
        )

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_leads(context.conn, context.viewer, self.criteria)


@lru_cache(maxsize=1_000)
def _with_facts(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*columns, *FACTS, "now_us")))


class LeadRows:
    """The root field `leads`."""

    row_type = LEAD

    def __init__(self, asked: Callable[..., AskedLeads]) -> None:
        """Take the function that reads its arguments."""
        self.asked = asked
