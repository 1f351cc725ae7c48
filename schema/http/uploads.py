"""Puts uploaded files into an operation as specified by its `map` (graphql-multipart-request-spec).

The operation is changed in place: it belongs to this request only, and can be large.
"""

from collections.abc import Mapping
from typing import Any


def put_files(operation: object, places: object, files: Mapping[str, Any]) -> dict[str, Any]:
    """Put each file into its places and return the operation. Raises `LookupError`, `TypeError` or
    `ValueError` if the operation is not an object, or if a place or a file is missing.
    """
    if not isinstance(operation, dict) or not isinstance(places, dict):
        raise TypeError("`operations` and `map` must be objects")
    for name, paths in places.items():
        file = files[name]
        for path in paths:
            *parents, last = path.split(".")
            target: Any = operation
            for key in parents:
                target = target[_key(target, key)]
            target[_key(target, last)] = file
    return operation


def _key(target: object, key: str) -> str | int:
    return int(key) if isinstance(target, list) else key
