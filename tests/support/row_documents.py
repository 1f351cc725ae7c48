"""Documents that have every column of the rows that plans read, made from the row types."""

from graphql import GraphQLObjectType, GraphQLSchema

from schema.graphql.fast_path.roots import LISTS
from schema.graphql.fast_path.row_types import RowType
from schema.graphql.fast_path.selection import strawberry_field


def row_document(schema: GraphQLSchema, root: str) -> str:
    """Return a document that asks a list of `LISTS` for all columns of its first 100 rows."""
    row_type = LISTS[root].row_type
    return f"{{ {root}(first: 100) {{ nodes {selection(schema, row_type)} }} }}"


def selection(schema: GraphQLSchema, row_type: RowType, within: tuple[str, ...] = ()) -> str:
    """Return a selection of all columns of a row; of a type within itself only the id."""
    of_type = schema.type_map[row_type.name]
    assert isinstance(of_type, GraphQLObjectType)
    if row_type.name in within:
        return "{ id }"
    below = {name: one.of for name, one in row_type.nested.items()}
    below |= {name: one.of for name, one in row_type.listed.items()}
    fields = ["__typename", *(["id"] if row_type.node_id is not None else [])]
    for name, found in of_type.fields.items():
        python_name = strawberry_field(found).python_name
        if python_name in below:
            fields.append(f"{name} {selection(schema, below[python_name], (*within, row_type.name))}")
        elif python_name == row_type.decision:
            fields.append(f"{name} {{ verdict outcome ruleId reason message changesAt }}")
        elif python_name in row_type.columns or python_name in row_type.computed:
            fields.append(name)
    return f"{{ {' '.join(fields)} }}"
