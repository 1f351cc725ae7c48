"""Row types: how the fields of a GraphQL type are read from the columns of a row, without a view in between.

A domain describes its types once; `schema.graphql.fast_path.row_code` makes code from them. What is not
described here has no plan, and the whole operation is executed by graphql-core.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


class NotCovered(Exception):  # noqa: N818 - control flow, never seen outside
    """A plan does not cover this: a field, an argument, a viewer or a value."""


class OtherViewer(NotCovered):
    """The rows of this viewer are more than their columns."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A field computed from columns, by a function that the view of the row uses as well; `judged`: it also
    takes the instant as of which the row was decided.
    """

    columns: tuple[str, ...]
    compute: Callable[..., object]
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Nested:
    """An object of the same row; null unless all `present` columns are there and, if `visible`, the verdict
    is VISIBLE. Otherwise its columns are not even looked at.
    """

    of: RowType
    present: tuple[str, ...] = ()
    visible: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A field that its own resolver loads, given only these attributes of the view: the columns of each."""

    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Objects of a row that one column has: an array of tuples, whose values are the columns of their type,
    in the order of `names`.
    """

    of: RowType
    column: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowType:
    """A GraphQL object type that is read from columns.

    `node_id` is the column of its global id; `columns` are the columns of its plain fields, by the names of
    the fields in Python, and `instants` those whose column has seconds since 1970; `decision` is its field
    that shows the verdict of the row.
    """

    name: str
    columns: Mapping[str, str]
    node_id: str | None = None
    decision: str | None = None
    computed: Mapping[str, Computed] = field(default_factory=dict)
    nested: dict[str, Nested] = field(default_factory=dict)
    loaded: Mapping[str, Loaded] = field(default_factory=dict)
    listed: Mapping[str, Listed] = field(default_factory=dict)
    instants: Mapping[str, str] = field(default_factory=dict)
