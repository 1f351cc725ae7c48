"""Each member of an enum of the API has a description, otherwise the schema cannot be built."""

from enum import StrEnum

import pytest

from schema.graphql.enums import describe


class Size(StrEnum):
    """An enum as the models declare it."""

    SMALL = "SMALL"
    LARGE = "LARGE"


@pytest.mark.parametrize("values", [{"SMALL": "Little."}, {"SMALL": "Little.", "LARGE": ""}])
def test_an_enum_member_without_a_description_is_reported(values: dict[str, str]) -> None:
    with pytest.raises(LookupError, match=r"Size\.LARGE has no description"):
        describe(Size, "How large something is.", values)
