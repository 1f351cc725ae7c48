"""Pages for people who are not signed in: no script, nothing remote, and never stored by a cache."""

import base64
import hashlib
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

_STYLE = (
    "body{margin:0;background:#f4f5f7;color:#1c2430;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
    "sans-serif}main{max-width:36em;margin:2em auto;padding:1.5em;background:#fff;border:1px solid #dfe3e8;"
    "border-radius:8px}h1{font-size:1.3em;line-height:1.3;margin-top:0}h2{font-size:1em}blockquote{margin:0;"
    "padding:0 1em;border-left:3px solid #dfe3e8;white-space:pre-wrap;overflow-wrap:anywhere}textarea,input{"
    "display:block;box-sizing:border-box;width:100%;margin-top:.3em;font:inherit}button{font:inherit;font-weight:600;"
    "padding:.6em 1.1em;border-radius:6px;border:1px solid #1f5fbf;background:#1f5fbf;color:#fff}"
    "button.second{background:#fff;color:#1f5fbf}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
_NOTHING: Mapping[str, object] = {
    "problem": None,
    "paragraphs": (),
    "introduction": "",
    "answer": False,
    "stop": False,
    "fields": {},
    "save": "",
    "words": None,
    "labels": None,
}
_PAGE = Environment(
    loader=PackageLoader("schema.http", "pages"), autoescape=True, undefined=StrictUndefined
).get_template("page.html.jinja")


def page(title: str, language: str, *, status: int = 200, **given: object) -> Response:
    """Return a page; every text in it is escaped."""
    content = {**_NOTHING, **given, "title": title, "language": language, "style": _STYLE}
    return HTMLResponse(_PAGE.render(content), status, headers=HEADERS)
