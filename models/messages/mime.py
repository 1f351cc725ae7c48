"""MIME entities as bytes (RFC 2045, 2046): headers and content, with CRLF at the end of each line.

What we write is small and fixed; the objects of the email package take several times as long.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Sequence


def headers(named: Iterable[tuple[str, str]]) -> bytes:
    """Return headers by their names and values, which are folded already, with bare line feeds."""
    return _with_crlf("".join(f"{name}: {value}\n" for name, value in named).encode())


def text_part(content: str, subtype: str) -> bytes:
    """Return a text, quoted-printable: every line fits into SMTP, and most of it can be read as it is."""
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    return head.encode() + b"\r\n" + _with_crlf(b2a_qp(content.encode(), istext=True))


def encoded(content: bytes) -> bytes:
    """Return any content in Base64, for one or more parts."""
    return _with_crlf(encodebytes(content))


def base64_part(content_type: str, content: bytes, disposition: str | None = None) -> bytes:
    """Return a part of encoded content; `content_type` and `disposition` are values of headers with their
    parameters.
    """
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n"
    if disposition is not None:
        head += f"Content-Disposition: {disposition}\r\n"
    return head.encode() + b"\r\n" + content


def multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Return parts as one. The boundary must begin with `=_`, which no encoded content contains."""
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
    between = b"--" + boundary.encode()
    body = b"".join(between + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + between + b"--\r\n"


def _with_crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")
