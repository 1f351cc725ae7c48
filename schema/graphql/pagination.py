"""Connections: cursors, page sizes and the arguments of lists. `models.base.keyset` builds the SQL."""

import asyncio
import base64
import binascii
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Annotated, Generic, TypeVar

import orjson
import strawberry
from graphql import VariableNode

from models.base.keyset import LARGEST_PAGE, MOST_COUNTED, Count, Order, Page, Slice
from schema.graphql.errors import CURSOR_INVALID, CURSOR_UNAVAILABLE, PAGE_SIZE_OUT_OF_RANGE, ClientError
from schema.graphql.scalars import Cursor

DEFAULT_PAGE = 25
LARGEST_NESTED_PAGE = 10
_LONGEST_CURSOR = 600

# Part of the description of each connection that can be inside a list.
WITHIN_A_LIST = (
    f"Inside a list, `first` is 1 to {LARGEST_NESTED_PAGE} (default {LARGEST_NESTED_PAGE}), "
    "and `after` is not available."
)

N = TypeVar("N")

First = Annotated[
    int | None, strawberry.argument(description="Maximum number of items to return, 1 to 100; 25 if null.")
]
After = Annotated[
    Cursor | None, strawberry.argument(description="Return items after this cursor of the same list.")
]
Last = Annotated[
    int | None,
    strawberry.argument(description="Return this many items from the end, 1 to 100, instead of `first`."),
]
Before = Annotated[
    Cursor | None, strawberry.argument(description="Return items before this cursor of the same list.")
]


@strawberry.type(description="Information about a page of a list.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether there are more items after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are items before this page.")
    start_cursor: Cursor | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: Cursor | None = strawberry.field(description="The cursor of the last edge.")


def digest(*parts: object) -> str:
    """Return a short hash of a list's filter, so that a cursor is valid only for that list."""
    text = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_DATACLASS, default=str)
    return hashlib.sha256(text).hexdigest()[:12]


def write_cursor(order: Order, list_digest: str, position: Sequence[str]) -> Cursor:
    """Return the cursor of a row."""
    text = orjson.dumps([order.name, list_digest, *position])
    return Cursor(base64.urlsafe_b64encode(text).decode().rstrip("="))


def read_cursor(cursor: str, order: Order, list_digest: str, field: str) -> tuple[str, ...]:
    """Return the position of a cursor. Raises `ClientError` INVALID unless it is a cursor of this list,
    order and filter.
    """
    try:
        # A truncated cursor fails below.
        shortened = cursor[:_LONGEST_CURSOR]
        padded = shortened + "=" * (-len(shortened) % 4)
        name, given, *position = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise _wrong_cursor(field) from error
    if name != order.name or given != list_digest or not order.is_position(position):
        raise _wrong_cursor(field)
    return tuple(position)


def _wrong_cursor(field: str) -> ClientError:
    return ClientError(
        "INVALID",
        f"{field}: invalid cursor for this list, order or filter. Start again without it.",
        (field,),
        reason=CURSOR_INVALID,
    )


def page_size(given: int | None, field: str = "first") -> int:
    """Return the size of a page. Raises `ClientError` INVALID with the argument if it is out of range."""
    size = DEFAULT_PAGE if given is None else given
    if not 1 <= size <= LARGEST_PAGE:
        message = f"{field}: must be from 1 to {LARGEST_PAGE}."
        raise ClientError("INVALID", message, (field,), reason=PAGE_SIZE_OUT_OF_RANGE)
    return size


def slice_of(
    order: Order,
    list_digest: str,
    first: int | None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Slice:
    """Read a list's arguments. `last`, if given, replaces `first`. Raises `ClientError` INVALID with the
    argument.
    """
    return Slice(
        page_size(first) if last is None else page_size(last, "last"),
        None if after is None else read_cursor(after, order, list_digest, "after"),
        None if before is None else read_cursor(before, order, list_digest, "before"),
        backwards=last is not None,
    )


def within_list(info: strawberry.Info) -> bool:
    """Return whether a field is inside a list, so that one statement loads it for all items."""
    path = info.path.prev
    while path is not None and not isinstance(path.key, int):
        path = path.prev
    return path is not None


def nested_size(info: strawberry.Info, part: Slice, first: int | None) -> int:
    """Return the size of a page inside a list: at most 10, from the start. Raises `ClientError` INVALID
    for a longer page or another start, which would need separate statements.
    """
    _refuse_cursor(part.after, "after")
    if first is None or not _given(info, "first"):
        return LARGEST_NESTED_PAGE
    return _nested_size(part, "first")


def nested_part(info: strawberry.Info, part: Slice, first: int | None) -> Slice:
    """Return the part of a list inside a list that can be read from its end as well: at most 10 items from
    the start or, with `last`, from the end. Raises `ClientError` INVALID as `nested_size` does.
    """
    _refuse_cursor(part.before, "before")
    if not part.backwards:
        return Slice(nested_size(info, part, first))
    _refuse_cursor(part.after, "after")
    return Slice(_nested_size(part, "last"), backwards=True)


def _refuse_cursor(position: object, field: str) -> None:
    if position is not None:
        message = f"{field}: not available inside a list. Use `node`."
        raise ClientError("INVALID", message, (field,), reason=CURSOR_UNAVAILABLE)


def _nested_size(part: Slice, field: str) -> int:
    if part.size > LARGEST_NESTED_PAGE:
        message = f"{field}: inside a list, must be from 1 to {LARGEST_NESTED_PAGE}. Use `node` to read more."
        raise ClientError("INVALID", message, (field,), reason=PAGE_SIZE_OUT_OF_RANGE)
    return part.size


def _given(info: strawberry.Info, name: str) -> bool:
    """Return whether an argument was sent; a resolver receives the schema's default as the same value."""
    for argument in info._raw_info.field_nodes[0].arguments or ():
        if argument.name.value == name:
            value = argument.value
            return not isinstance(value, VariableNode) or value.name.value in info.variable_values
    return False


async def not_counted() -> Count:
    """Placeholder for the count in lists without a total."""
    return Count.of(0)


def counted_once(count: Callable[[], Awaitable[Count]]) -> Callable[[], Awaitable[Count]]:
    """Share one count between all fields of a page."""
    counting: list[asyncio.Future[Count]] = []

    async def counted() -> Count:
        if not counting:
            counting.append(asyncio.ensure_future(count()))
        return await counting[0]

    return counted


class Edge(Generic[N]):
    """A node with its cursor, which is encoded only if requested; attributes are named as in the API."""

    __slots__ = ("_write", "node")

    def __init__(self, node: N, write: Callable[[], Cursor]) -> None:
        self.node = node
        self._write = write

    @property
    def cursor(self) -> Cursor:
        """Return the cursor of the node."""
        return self._write()


class Connection(Generic[N]):
    """A page of the API; it is counted only if requested."""

    __slots__ = ("_digest", "_page", "count")

    def __init__(self, page: Page[N], list_digest: str, count: Callable[[], Awaitable[Count]]) -> None:
        """Store the page; cursors are encoded only if requested."""
        self._page, self._digest = page, list_digest
        self.count = counted_once(count)

    def _cursor(self, index: int) -> Cursor:
        return write_cursor(self._page.cut.order, self._digest, self._page.position(index))

    @property
    def nodes(self) -> list[N]:
        """The nodes without their cursors."""
        return self._page.items

    @property
    def edges(self) -> list[Edge[N]]:
        """The nodes with their cursors."""
        return [Edge(node, partial(self._cursor, index)) for index, node in enumerate(self._page.items)]

    @property
    def page_info(self) -> PageInfo:
        """Information about the page."""
        some = bool(self._page.items)
        return PageInfo(
            has_next_page=self._page.has_next,
            has_previous_page=self._page.has_previous,
            start_cursor=self._cursor(0) if some else None,
            end_cursor=self._cursor(-1) if some else None,
        )


T = TypeVar("T")


@strawberry.type(name="Edge", description="An item in a list.")
class EdgeOf(Generic[T]):
    """The API's `LeadEdge` and its like. Source: `Edge`."""

    cursor: Cursor = strawberry.field(description="The cursor of this item.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(name="Connection", description="A page of a list.")
class PageOf(Generic[T]):
    """A list without a total. Source: `Connection`."""

    edges: list[EdgeOf[T]] = strawberry.field(description="The items with their cursors.")
    nodes: list[T] = strawberry.field(description="The items without their cursors.")
    page_info: PageInfo = strawberry.field(description="Information about the page.")


@strawberry.type(name="Connection", description="A page of a list.")
class CountedPageOf(PageOf[T]):
    """A list with a total. Source: `Connection`."""

    @strawberry.field(
        description=f"Total number of matching items, capped at {MOST_COUNTED:,}; counted only if requested."
    )
    async def total_count(root: strawberry.Parent[Connection[object]]) -> int:
        """Count."""
        return (await root.count()).total

    @strawberry.field(
        description=f"Whether `totalCount` is exact; false above {MOST_COUNTED:,}. Both fields share one "
        "count."
    )
    async def total_count_is_exact(root: strawberry.Parent[Connection[object]]) -> bool:
        """Return the count, from the cache if it has been counted."""
        return (await root.count()).exact
