"""The mutations `complaintItemDecide` and `complaintItemsDecide`.

`models.complaints.decide` checks the operator's decision against the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.accounts.list import AccountView, accounts_by_id
from models.base.refusal import Refusal
from models.complaints.decide import MOST_ITEMS, ItemDecision, decide_items
from models.complaints.item_list import ComplaintItemView, items_by_id
from models.complaints.list import complaints_by_id
from models.complaints.refusals import ComplaintRefusal
from rules.complaint import ComplaintVerdict
from schema.accounts.types import Account
from schema.complaints.types import ComplaintItem
from schema.graphql.context import Context, Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError

at_most("ComplaintItemsDecideInput.items", MOST_ITEMS)


@strawberry.input(description="Input of `complaintItemDecide`: the decision on an item.")
class ComplaintItemDecideInput:
    """Read into `models.complaints.decide.ItemDecision`."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    verdict: ComplaintVerdict = strawberry.field(description="ACCEPTED or REJECTED.")
    comment: str = strawberry.field(description="A comment to the vendor, at most 5,000 characters.")
    override_reason: str | None = strawberry.field(
        default=None,
        description="Why you overrule a rule; stored in the decision log.",
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)

    def read(self, path: tuple[str, ...]) -> ItemDecision:
        """Convert the input; `path` is its place in a list. Raises `Refusal` NOT_FOUND if the id is not
        an item's.
        """
        try:
            item_id = read_id(self.item_id, "ComplaintItem", "itemId")
        except Refusal as refusal:
            if not path:
                raise
            raise refusal.within(path) from refusal
        return ItemDecision(
            item_id, self.verdict, self.comment, self.override_reason, self.expected_version, path
        )


@strawberry.input(
    description="Input of `complaintItemsDecide`: the decisions on several items, carried out "
    "together or not at all."
)
class ComplaintItemsDecideInput:
    """Input of `complaintItemsDecide`."""

    items: list[ComplaintItemDecideInput] = strawberry.field(description="The decisions, at most 500.")


@dataclass(frozen=True, slots=True)
class DecidedAnswer:
    """The updated items, or the refusals."""

    items: Sequence[ComplaintItemView] = ()
    user_errors: Sequence[RefusalView] = ()

    @property
    def item(self) -> ComplaintItemView | None:
        """Return the only item."""
        return self.items[0] if self.items else None


async def _accounts(root: DecidedAnswer, info: Info) -> list[AccountView]:
    """Read the account of each item once, in the order of the items, after the decisions."""
    if not root.items:
        return []
    conn, viewer = info.context.conn, info.context.viewer
    complaints = await complaints_by_id(conn, viewer, {item.complaint_id for item in root.items})
    ids = dict.fromkeys(complaints[item.complaint_id].vendor.id for item in root.items)
    found = await accounts_by_id(conn, viewer, ids)
    return [found[account_id] for account_id in ids]


@strawberry.type(description="The payload of `complaintItemDecide`.")
class ComplaintItemDecidePayload:
    """Source: `DecidedAnswer`."""

    item: ComplaintItem | None = strawberry.field(
        description="The updated item; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(
        description="The vendor's account, with its points after the decision; null if the mutation failed.",
        graphql_type=Account | None,
    )
    async def account(root: strawberry.Parent[DecidedAnswer], info: Info) -> AccountView | None:
        """Read the account of the only item."""
        return next(iter(await _accounts(root, info)), None)


@strawberry.type(description="The payload of `complaintItemsDecide`.")
class ComplaintItemsDecidePayload:
    """Source: `DecidedAnswer`."""

    items: list[ComplaintItem] = strawberry.field(
        description="The updated items; empty if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(
        description="The vendors' accounts, each once, with their points after the decisions; empty if the "
        "mutation failed.",
        graphql_type=list[Account],
    )
    async def accounts(root: strawberry.Parent[DecidedAnswer], info: Info) -> list[AccountView]:
        """Read the accounts of all items in two statements."""
        return await _accounts(root, info)


@strawberry.type
class ComplaintItemDecide:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Decide a complaint item; for operators. Overruling a rule requires a written reason.",
        graphql_type=ComplaintItemDecidePayload | None,
    )
    async def complaint_item_decide(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ComplaintItemDecideInput, strawberry.argument(description="The input.")
        ],
    ) -> DecidedAnswer:
        """Call the action and return its result."""
        info.context.signed_in()
        return await _decide(info.context, [((), input)])

    @strawberry.mutation(
        description="Decide several complaint items together, all or none; for operators.",
        graphql_type=ComplaintItemsDecidePayload | None,
    )
    async def complaint_items_decide(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ComplaintItemsDecideInput, strawberry.argument(description="The input.")
        ],
    ) -> DecidedAnswer:
        """Call the action and return its result."""
        info.context.signed_in()
        given = input.items
        problem = None
        if not given:
            problem = ComplaintRefusal.ITEMS_MISSING.at("items")
        elif len({one.item_id for one in given}) < len(given):
            problem = ComplaintRefusal.ITEM_REPEATED.at("items")
        if problem is not None and info.context.viewer.operator:
            return DecidedAnswer(user_errors=refused(problem))
        return await _decide(info.context, [(("items", str(place)), one) for place, one in enumerate(given)])


async def _decide(
    context: Context, given: Sequence[tuple[tuple[str, ...], ComplaintItemDecideInput]]
) -> DecidedAnswer:
    viewer = context.viewer
    try:
        decisions = [one.read(path) for path, one in given]
        await decide_items(viewer, context.wake, decisions)
    except REFUSED as error:
        return DecidedAnswer(user_errors=refused(error))
    ids = [decision.item_id for decision in decisions]
    found = await items_by_id(context.conn, viewer, ids)
    return DecidedAnswer([found[item_id] for item_id in ids])
