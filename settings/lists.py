"""Parser of settings that are lists: words in one variable, separated by commas."""


def separated(value: object) -> object:
    """Return the words of a text; anything else, such as a list that code gives, as it is."""
    if not isinstance(value, str):
        return value
    return tuple(word for part in value.split(",") if (word := part.strip()))


def pairs(value: object) -> object:
    """Return the pairs `name=value` of a text, the second half empty where there is none; as above."""
    found = separated(value)
    if not isinstance(value, str) or not isinstance(found, tuple):
        return value
    return tuple(tuple(half.strip() for half in pair.partition("=")[::2]) for pair in found)
