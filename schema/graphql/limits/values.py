"""Counts the values in variables before they are coerced to their types.

The count does not recurse and stops at the limit: 1 MB of JSON can hold 300,000 values.
"""

from schema.graphql.errors import ClientError
from schema.graphql.limits.bounds import exceeded, shown

DEEPEST = 20  # nested lists and objects; the API's inputs have four levels


def count_values(given: object, name: str, most: int) -> int:
    """Return how many values there are, lists and objects counted as well.

    Raises `ClientError` LIMIT_EXCEEDED by the `name` of the part of the request that has too many.
    """
    count, depth = 0, 0
    level: list[object] = [given]
    while level:
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                count += len(value)
                if count <= most:
                    below.extend(value.values())
            elif isinstance(value, list):
                count += len(value)
                if count <= most:
                    below.extend(value)
            if count > most:
                raise _too_many(name, count, most)
        depth += 1
        if depth > DEEPEST and below:
            raise _too_deep(name)
        level = below
    return count


def _too_many(name: str, count: int, most: int) -> ClientError:
    text = f"Too many values in `{name}`: {shown(count)} or more, maximum {most}. Send less data per request."
    return exceeded("values", text, field=[name], requested=shown(count), allowed=most)


def _too_deep(name: str) -> ClientError:
    text = f"Lists and objects in `{name}` are nested too deeply: maximum {DEEPEST}. Reduce the nesting."
    return exceeded("valueDepth", text, field=[name], requested=DEEPEST + 1, allowed=DEEPEST)
