"""Cost of uploaded files, by size in bytes, because each file is read and stored."""

from starlette.datastructures import UploadFile

BYTES = 1_000  # per point, rounded up


def cost_of_uploads(variables: object) -> int:
    """Return what the files among the variables of a request cost."""
    cost = 0
    waiting = [variables]
    while waiting:
        value = waiting.pop()
        if isinstance(value, UploadFile):
            cost += -(-(value.size or 0) // BYTES)
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return cost
