"""GraphQL types of what a company keeps for its calls: asked fields, FAQ, and VIP entries of callers."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

import schema.calls.enums  # noqa: F401 - describes the enums
from models.calls.entries import VIP_BY_AGE, VipCriteria, count_vips, list_vips
from models.calls.limits import LONGEST_QUERY
from models.calls.recognition import VipTreatment, VipView
from models.calls.tables import AskedFieldKind
from models.calls.views import AnyEmployee, FaqView
from schema.calls.loaders import CallLoaders
from schema.graphql.context import Context, Info
from schema.graphql.errors import ClientError
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import Connection, CountedPageOf, digest, nested_size, slice_of, within_list
from schema.graphql.scalars import PhoneNumber

if TYPE_CHECKING:
    from schema.calls.employee_types import Employee

Query = Annotated[
    str | None,
    strawberry.argument(
        description="A text that the items contain; all items if omitted. Not available inside a list."
    ),
]


def checked_query(text: str | None) -> str | None:
    """Return the text of a search. Raises `ClientError` INVALID for one that is too long."""
    if text is not None and (len(text) > LONGEST_QUERY or "\0" in text):
        raise ClientError(
            "INVALID", f"query: must have at most {LONGEST_QUERY} printable characters.", ("query",)
        )
    return text


def refuse_search(text: str | None) -> None:
    """Raise `ClientError` INVALID for a search inside a list, which would cost a statement for each item."""
    if text is not None and text.strip():
        raise ClientError("INVALID", "query: not available inside a list. Use `node`.", ("query",))


async def vips_page(
    context: Context, info: Info, owner: VipCriteria, first: int | None, after: str | None
) -> Connection[VipView]:
    """Load a page of a company's or employee's entries; inside a list, those of all in one statement."""
    list_digest = digest("vipCallers", owner)
    part = slice_of(VIP_BY_AGE, list_digest, first, after)
    if within_list(info):
        refuse_search(owner.query)
        loaders, size = context.load(CallLoaders), nested_size(info, part, first)
        own = owner.employee_id is not None
        owner_id, column = (
            owner.employee_id or owner.secretariat_id,
            "employee_id" if own else "secretariat_id",
        )
        assert owner_id is not None  # noqa: S101 - one of the two
        page = await (loaders.vips_of_employee if own else loaders.vips_of).load((owner_id, size))
        return Connection(page, list_digest, partial(loaders.vip_counts.load, (owner_id, column)))
    page = await list_vips(context.conn, context.viewer, owner, part)
    return Connection(page, list_digest, lambda: count_vips(context.conn, context.viewer, owner))


@strawberry.type(description="Something that callers are asked.")
class AskedField:
    """Source: `AskedFieldView`."""

    key: str = strawberry.field(description="The key, unique within the secretariat.")
    label: str = strawberry.field(description="What it is called, in the company's language.")
    kind: AskedFieldKind = strawberry.field(description="What is asked for.")
    choices: list[str] = strawberry.field(description="The choices of a CHOICE; otherwise empty.")
    required: bool = strawberry.field(description="Whether it has to be asked.")
    built_in: bool = strawberry.field(description="Whether it is always asked and cannot be removed.")


@strawberry.type(description="A question with the answer that callers may be told.")
class FaqEntry(Node):
    """Source: `FaqView`."""

    id: strawberry.ID = node_id("FaqEntry")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    position: int = strawberry.field(description="Its place in the list.")
    question: str = strawberry.field(description="The question.")
    answer: str = strawberry.field(description="The answer.")

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an FAQ entry."""
        return isinstance(obj, FaqView)


@strawberry.type(description="A caller whom a company, or one employee, treats in a special way.")
class VipCaller(Node):
    """Source: `VipView`."""

    id: strawberry.ID = node_id("VipCaller")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    number: PhoneNumber = strawberry.field(description="The number, or the beginning of all its numbers.")
    block: bool = strawberry.field(
        description="Whether it matches every number that begins with `number` and has up to six more digits."
    )
    name: str = strawberry.field(description="Who it is.")
    note: str = strawberry.field(description="What the agent should know; a caller ID can be forged.")
    treatment: VipTreatment = strawberry.field(description="What the entry does.")
    waives: list[str] = strawberry.field(description="Keys of asked fields that this caller is not asked.")

    @strawberry.field(
        description="The employee whose entry it is; null for the company's.",
        graphql_type=Annotated["Employee", strawberry.lazy("schema.calls.employee_types")] | None,
    )
    async def employee(root: strawberry.Parent[VipView], info: Info) -> AnyEmployee | None:
        """Load the employee."""
        if root.employee_id is None:
            return None
        return await info.context.load(CallLoaders).employee.load(root.employee_id)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a VIP entry."""
        return isinstance(obj, VipView)


VipCallerConnection = CountedPageOf[VipCaller]
