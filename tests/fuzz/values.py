"""Values for requests: plausible values, and values that often break something.

Values are chosen by scalar, regardless of the field.
"""

from collections.abc import Sequence

import schemathesis
from graphql import BooleanValueNode, IntValueNode, NullValueNode, StringValueNode, ValueNode
from hypothesis import strategies as st

_PLAIN = (
    "DE",
    "de",
    "XX",
    "EUR",
    "demo",
    "main",
    "Web design",
    "Europe/Berlin",
    "Nowhere/At_All",
    "once",
    "vendor@demo.example",
    "leadgate-demo",
)
_HOSTILE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud7ff\uffff",
    "\u202e\u200b",
    "\U0001f469\u200d\U0001f4bb" * 60,
    "x" * 199,
    "x" * 201,
    "y" * 5_001,
    "z" * 100_000,
    "'; DROP TABLE lead; --",
    "%s%n{0}{title}${7*7}\\",
    '" or - -- "" -"',
    "1e400",
    "null",
    "../../etc/passwd",
    "sha256:" + "0" * 64,
)
_INSTANTS = (
    "2026-11-22T09:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999-23:59",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    "2026-11-22T24:00:00Z",
    "2026-11-22T23:59:60Z",
    "2026-11-22T09:00:00+99:99",
    "2026-11-22t09:00:00z",
    "\u0662026-11-22T09:00:00Z",
)
_EMAILS = (
    "vendor@demo.example",
    "a@b",
    "@",
    "a@" + "b" * 300 + ".example",
    "ü@bücher.example",
    "a@[127.0.0.1]",
)
_PHONES = ("+12125550123", "030 23125 000", "+", "+" + "9" * 400, "\u0661\u0662\u0663", "tel:+49-30;ext=1")
_URLS = (
    "https://a.example/b",
    "javascript:alert(1)",
    "http://[::1",
    "https://" + "a" * 3_000,
    "//",
    "http://\x00",
)
_IDS = ("TGVhZDow", "====", "TGVhZDo=", "0", "Lead:0", "\x00", "x" * 5_000)

text = st.one_of(st.sampled_from(_PLAIN), st.sampled_from(_HOSTILE), st.text(max_size=60))
integers = st.one_of(
    st.sampled_from((0, 1, -1, 2, 100, 101, 1_000_000, 1_000_001, 2**31 - 1, -(2**31))),
    st.integers(-(2**31), 2**31 - 1),
)


def register(ids: Sequence[str], cursors: Sequence[str]) -> None:
    """Register our scalars with schemathesis; some ids and cursors are real, so that requests reach data."""
    known_ids, known_cursors = st.sampled_from(list(ids)), st.sampled_from(list(cursors))
    _scalar("ID", known_ids | known_ids | st.sampled_from(_IDS) | text)
    _scalar("Cursor", known_cursors | text)
    _scalar("String", text)
    _scalar("DateTime", st.sampled_from(_INSTANTS) | text)
    _scalar("EmailAddress", st.sampled_from(_EMAILS) | text)
    _scalar("PhoneNumber", st.sampled_from(_PHONES) | text)
    _scalar("URL", st.sampled_from(_URLS) | text)
    schemathesis.graphql.scalar("Int", integers.map(lambda number: IntValueNode(value=str(number))))
    odd: list[ValueNode] = [NullValueNode(), StringValueNode(value="file"), BooleanValueNode(value=True)]
    schemathesis.graphql.scalar("Upload", st.sampled_from(odd))


def _scalar(name: str, values: st.SearchStrategy[str]) -> None:
    schemathesis.graphql.scalar(name, values.map(lambda value: StringValueNode(value=value)))
