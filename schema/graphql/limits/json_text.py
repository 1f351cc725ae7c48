"""Counts the values in JSON before it is parsed, because lists and objects take far more memory than text.

The count may be too high, never too low; text that is not JSON is counted as well.
"""

import re

from schema.graphql.limits.bounds import exceeded

# An unterminated string extends to the end, so that no text is scanned twice.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STRING_OF_BYTES = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def refuse_many_parts(text: str | bytes, most: int) -> None:
    """Refuse JSON with more lists, objects and members than `most`; raises `ClientError` LIMIT_EXCEEDED."""
    if _parts(text) <= most:
        return
    bare = _STRING.sub('"', text) if isinstance(text, str) else _STRING_OF_BYTES.sub(b'"', text)
    if (count := _parts(bare)) > most:
        message = (
            f"Too many values in the JSON of the request: {count} or more, maximum {most}. "
            "Send less data per request."
        )
        raise exceeded("jsonValues", message, requested=count, allowed=most)


def _parts(text: str | bytes) -> int:
    if isinstance(text, str):
        return text.count("[") + text.count("{") + text.count(",")
    return text.count(b"[") + text.count(b"{") + text.count(b",")
