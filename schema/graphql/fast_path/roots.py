"""Root fields of known documents, and how each is answered: from rows, or by its resolver from views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.graphql.fast_path.list_plan import AskedRows, ListPlan, RowList
from schema.graphql.fast_path.row_types import NotCovered, OtherViewer
from schema.graphql.fast_path.selection import Selection, arguments, uses_variables
from schema.graphql.fast_path.view_plan import ViewPlan

if TYPE_CHECKING:
    from graphql import GraphQLObjectType

    from schema.graphql.fast_path.running import Running
    from schema.graphql.fast_path.selection import Details

# By the name of the root field; domains add theirs.
LISTS: dict[str, RowList] = {}
# Names of root fields whose resolvers only read, and whose views plans complete; domains add theirs.
VIEWS: set[str] = set()


class Root:
    """One root field."""

    def __init__(self, selection: Selection, root: GraphQLObjectType, name: str, details: Details) -> None:
        """Plan the field with this response name. Raises `NotCovered`, or `ClientError` for arguments."""
        self._type, self._name, self._details = root, name, details
        self._node = details[0].node
        self._definition = selection.definition(root, details)
        self._asked: AskedRows | None = None  # if its arguments mention no variables
        self._rows = self._row_plan(selection)
        self._views: ViewPlan | None = None
        self._tried = self._rows is None  # whether there is a plan of views, if it is possible
        if self._rows is None:
            self._views = self._view_plan(selection)
            if self._views is None:
                raise NotCovered
        elif not uses_variables(self._node.arguments or ()):
            given = arguments(
                selection.schema, self._definition, self._node, selection.execution.variable_values
            )
            self._asked = self._rows.asked(given)

    def _row_plan(self, selection: Selection) -> ListPlan | None:
        rows = LISTS.get(self._node.name.value)
        try:
            return None if rows is None else ListPlan(selection, rows, self._definition, self._details)
        except NotCovered:
            return None

    def _view_plan(self, selection: Selection) -> ViewPlan | None:
        if self._node.name.value not in VIEWS:
            return None
        try:
            return ViewPlan(selection, self._type, self._definition, self._details, self._name)
        except NotCovered:
            return None

    @property
    def reads_rows(self) -> bool:
        """Whether it is answered from rows, for the viewers whose rows may be read."""
        return self._rows is not None

    async def data(self, running: Running) -> object:
        """Return what the field shows. Raises `NotCovered`, and what its resolver raises for a viewer."""
        if self._rows is not None:
            asked = self._asked
            if asked is None:
                given = arguments(running.schema, self._definition, self._node, running.values)
                asked = self._rows.asked(given)
            try:
                return await self._rows.data(running, asked)
            except OtherViewer:
                if running.context.confirming is not None:  # resolvers need a viewer who was authenticated
                    raise
        if not self._tried:  # planned when somebody needs it
            self._tried, self._views = True, self._view_plan(running.selection())
        if self._views is None:
            raise NotCovered
        return await self._views.data(running)
