"""The queries `leads` and `leadCategories`. Search, order and grouping use public fields only."""

from typing import Annotated
from unicodedata import normalize

import strawberry

from models.contact_data import UnknownPlace, parse_country
from models.leads.list import (
    EVERYTHING,
    ORDERS,
    CategoryCounts,
    LeadFilter,
    LeadOrder,
    count_categories,
    count_leads,
    list_leads,
)
from models.leads.views import LeadView
from models.policies.list import market_exists
from schema.graphql.context import Context, Info
from schema.graphql.errors import ClientError
from schema.graphql.fast_path.list_plan import RowList
from schema.graphql.fast_path.roots import LISTS, VIEWS
from schema.graphql.pagination import (
    DEFAULT_PAGE,
    After,
    Before,
    Connection,
    First,
    Last,
    digest,
    slice_of,
)
from schema.graphql.selected_fields import parts_of_leads
from schema.leads.categories import LeadCategories
from schema.leads.row_types import LEAD
from schema.leads.rows import AskedLeads
from schema.leads.types import LeadConnection

_LONGEST_TEXT = 200


@strawberry.input(name="LeadFilter", description="Filter for leads; all conditions given must match.")
class LeadFilterInput:
    """Read into `models.leads.list.LeadFilter`."""

    category: str | None = strawberry.field(default=None, description="Only leads of exactly this category.")
    city: str | None = strawberry.field(
        default=None, description="Only leads in this town; case-insensitive."
    )
    country: str | None = strawberry.field(
        default=None,
        description="Only leads in this country, ISO 3166-1 alpha-2; country names are also accepted.",
    )
    budget_min: int | None = strawberry.field(
        default=None, description="Only leads with a budget of at least this amount."
    )
    contact_visible: bool | None = strawberry.field(
        default=None,
        description="Only leads whose contact data is (or is not) currently visible to the viewer.",
    )
    applied: bool | None = strawberry.field(
        default=None, description="Only leads that the viewer's account has (or has not) applied for."
    )
    market: str | None = strawberry.field(
        default=None, description="Only leads of the market with this code, which must exist."
    )
    query: str | None = strawberry.field(
        default=None,
        description='Only leads whose title, brief, category or city contains these words; supports "quoted '
        'phrases", "or" and -excluded words. Blank text matches all leads.',
    )
    open: bool | None = strawberry.field(
        default=None,
        description="Only leads that are (or are not) open for applications. For a vendor, a lead that its "
        "account has applied for, received or published itself is not open.",
    )

    def read(self) -> LeadFilter:
        """Validate and return the filter; raises `ClientError` INVALID with the field."""
        for name in ("category", "city", "country", "market", "query"):
            text = getattr(self, name)
            if text is not None:
                _refuse_unfit_text(text, "filter", name)
        return LeadFilter(
            category=_normal(self.category),
            city=_normal(self.city),
            country=self._country(),
            budget_min=self.budget_min,
            contact_visible=self.contact_visible,
            applied=self.applied,
            market=self.market,
            query=_normal(self.query) or None,
            open=self.open,
        )

    def _country(self) -> str | None:
        try:
            return None if self.country is None else parse_country(self.country)
        except UnknownPlace as error:
            raise ClientError("INVALID", f"filter.country: {error}.", ("filter", "country")) from error


def asked_leads(
    first: int | None = DEFAULT_PAGE,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    filter: LeadFilterInput | None = None,  # noqa: A002 - the contract's name
    order_by: LeadOrder | None = None,
) -> AskedLeads:
    """Read the arguments of `leads`. Raises `ClientError` INVALID with the argument."""
    criteria = filter.read() if filter else EVERYTHING
    order = order_by or LeadOrder.NEWEST
    list_digest = digest("leads", criteria)
    part = slice_of(ORDERS[order], list_digest, first, after, last, before)
    return AskedLeads(criteria, order, list_digest, part)


VIEWS.add("leads")
LISTS["leads"] = RowList(LEAD, asked_leads)


@strawberry.type
class LeadQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The leads that the viewer may see: all leads for vendors and operators, their own "
        "for prospects.",
        graphql_type=LeadConnection | None,
    )
    async def leads(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            LeadFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
        order_by: Annotated[
            LeadOrder | None, strawberry.argument(description="The order; NEWEST if omitted.")
        ] = None,
    ) -> Connection[LeadView]:
        """List leads."""
        context = info.context
        viewer = context.may_list_leads()
        asked = asked_leads(first, after, last, before, filter, order_by)
        criteria, list_digest = asked.criteria, asked.list_digest
        page = await list_leads(context.conn, viewer, asked.part, asked.order, criteria, parts_of_leads(info))
        # Checked only for an empty page: a page with leads shows that the market exists.
        if not page.items:
            await _refuse_unknown_market(context, criteria.market, "filter", "market")
        return Connection(page, list_digest, lambda: count_leads(context.conn, viewer, criteria))

    @strawberry.field(
        description="The categories of the open leads that the viewer may see, those with the most leads "
        "first: `leads(filter: {open: true})` grouped by category. Counting costs as much as `totalCount`.",
        graphql_type=LeadCategories | None,
    )
    async def lead_categories(
        self,
        info: Info,
        first: First = 25,
        market: Annotated[
            str | None,
            strawberry.argument(description="Only leads of the market with this code, which must exist."),
        ] = None,
    ) -> CategoryCounts:
        """Count categories."""
        context = info.context
        viewer = context.may_list_leads("leadCategories")
        if market is not None:
            _refuse_unfit_text(market, "market")
        most = slice_of(ORDERS[LeadOrder.NEWEST], "", first).size
        found = await count_categories(context.conn, viewer, LeadFilter(market=market, open=True), most)
        if not found.categories:
            await _refuse_unknown_market(context, market, "market")
        return found


def _normal(text: str | None) -> str | None:
    """Return the text as leads store theirs: composed characters (macOS has others), and trimmed."""
    return None if text is None else normalize("NFC", text).strip()


def _refuse_unfit_text(text: str, *field: str) -> None:
    if len(text) > _LONGEST_TEXT or "\x00" in text:
        raise ClientError(
            "INVALID",
            f"{'.'.join(field)}: must have at most {_LONGEST_TEXT} characters and must not contain NUL.",
            field,
        )


async def _refuse_unknown_market(context: Context, code: str | None, *field: str) -> None:
    if code is not None and not await market_exists(context.conn, code):
        message = f"{'.'.join(field)}: unknown market code. Use a code from `markets`."
        raise ClientError("INVALID", message, field)
