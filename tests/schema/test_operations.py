"""The documents in `examples/operations/` are valid, complete and within the limits.

This needs no Node: `make conformance` also sends each of them.
"""

from pathlib import Path

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse, validate

from schema.graphql.limits import Bounds
from schema.graphql.limits.measure import measure
from tests.support.schemas import SDL_SCHEMA as SCHEMA

FOLDER = Path(__file__).parents[2] / "examples" / "operations"
DOCUMENTS = sorted(FOLDER.glob("*.graphql"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_a_document_is_one_valid_operation_named_after_its_file(path: Path) -> None:
    """Each file is a separate document (a trusted one is identified by its text), named as Relay requires."""
    document = parse(path.read_text(encoding="utf-8"))
    assert validate(SCHEMA, document) == []
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    assert operation.name is not None
    assert operation.name.value == path.stem + operation.operation.value.title()
    measured = measure(SCHEMA, document).operation(None)
    assert measured is not None
    assert measured.cost({"first": 25}) <= Bounds().cost


def test_each_root_field_is_used_by_an_example_document() -> None:
    """So that all fields can be used if only trusted documents may run; `nodes` is `node`, several times.

    Examples don't use deprecated fields.
    """
    roots = (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    asked = {
        selection.name.value
        for path in DOCUMENTS
        for definition in parse(path.read_text(encoding="utf-8")).definitions
        if isinstance(definition, OperationDefinitionNode)
        for selection in definition.selection_set.selections
        if isinstance(selection, FieldNode)
    }
    fields = (found for root in roots if root for found in root.fields.items())
    assert {name for name, field in fields if field.deprecation_reason is None} - asked == {"nodes"}
