"""Forms of pages: fields that a browser posts, within limits."""

from urllib.parse import parse_qs

from starlette.requests import Request

from schema.http.bodies import read_body

LONGEST_FORM = 30_000  # bytes
_MOST_FIELDS = 10


async def read_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form, empty for what is not one; None if it is too long."""
    body = await read_body(request, LONGEST_FORM)
    if body is None:
        return None
    try:
        fields = parse_qs(body.decode(), max_num_fields=_MOST_FIELDS, keep_blank_values=True)
    except (UnicodeDecodeError, ValueError):
        return {}
    return {name: values[0] for name, values in fields.items()}
