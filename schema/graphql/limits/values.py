"""Owns counting what variables hold, before anything reads them by their types.

It must not recurse, nor go on once there is too much: JSON of 1 MB can hold 300,000 values.
"""

from schema.graphql.errors import ClientError
from schema.graphql.limits.bounds import exceeded, shown

DEEPEST = 20  # lists and objects within each other; the inputs of the API have four


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
    text = f"Values in `{name}`: {shown(count)} or more, at most {most}. Send less at once."
    return exceeded("values", text, field=[name], requested=shown(count), allowed=most)


def _too_deep(name: str) -> ClientError:
    text = f"Lists and objects within each other in `{name}`: at most {DEEPEST}. Send what the schema takes."
    return exceeded("valueDepth", text, field=[name], requested=DEEPEST + 1, allowed=DEEPEST)
