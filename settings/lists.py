"""Parser of settings that are lists: comma-separated words in one variable."""


def separated(value: object) -> object:
    """Return the words of a text; other values, such as a list passed by code, are returned unchanged."""
    if not isinstance(value, str):
        return value
    return tuple(word for part in value.split(",") if (word := part.strip()))


def pairs(value: object) -> object:
    """Return the `name=value` pairs of a text, with "" for a missing value; others as `separated` does."""
    found = separated(value)
    if not isinstance(value, str) or not isinstance(found, tuple):
        return value
    return tuple(tuple(half.strip() for half in pair.partition("=")[::2]) for pair in found)
