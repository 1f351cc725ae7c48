"""Links stored with a contact: web pages and LinkedIn profiles. They are never opened here."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from models.contact_data.invalid import InvalidValue
from models.contact_data.refusals import ContactDataRefusal

MAX_CHARS = 500
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_PROFILE = re.compile(r"/(?:in|pub|company|school)/[^/]{1,200}(?:/[^/]{0,100}){0,3}/?")


class InvalidUrl(InvalidValue):
    """A text is not a link that can be stored; the message says why and gives the remedy, never the text
    itself.
    """


def parse_web_url(text: str) -> str:
    """Return an absolute http or https URL (RFC 3986): host in lower case and ASCII, at most 500 characters.

    Refuses other schemes, user names and passwords in the link (they make a host look like another), numeric
    addresses, blanks, backslashes and control characters. Raises InvalidUrl.
    """
    text = text.strip()
    if len(text) > MAX_CHARS:
        raise InvalidUrl(ContactDataRefusal.LINK_TOO_LONG, most=MAX_CHARS)
    if not text.isprintable() or any(char in text for char in ' \\"<>^`{|}'):
        raise InvalidUrl(ContactDataRefusal.LINK_HAS_INVALID_CHARACTER)
    try:
        parts = urlsplit(text)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise InvalidUrl(ContactDataRefusal.LINK_INVALID) from None
    if parts.scheme not in {"http", "https"} or not host:
        raise InvalidUrl(ContactDataRefusal.LINK_NOT_OF_WEB)
    if "@" in parts.netloc:
        raise InvalidUrl(ContactDataRefusal.LINK_HAS_USER_NAME)
    host = _ascii_host(host)
    netloc = host if port is None else f"{host}:{port}"
    path, query, fragment = (quote(part, safe="/%:@!$&'()*+,;=~?#[]") for part in parts[2:5])
    url = urlunsplit((parts.scheme, netloc, path, query, fragment))
    if len(url) > MAX_CHARS:  # percent-encoding makes it longer
        raise InvalidUrl(ContactDataRefusal.LINK_TOO_LONG, most=MAX_CHARS)
    return url


def parse_linkedin_url(text: str) -> str:
    """Return the https URL of a LinkedIn profile (a person, company or school), without its query.

    The scheme may be left out. Raises InvalidUrl.
    """
    text = text.strip()
    if "://" not in text[:10]:
        text = f"https://{text}"
    parts = urlsplit(parse_web_url(text))
    host = parts.netloc
    if (host != "linkedin.com" and not host.endswith(".linkedin.com")) or not _PROFILE.fullmatch(parts.path):
        raise InvalidUrl(ContactDataRefusal.LINKEDIN_INVALID)
    return urlunsplit(("https", host, parts.path, "", ""))


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise InvalidUrl(ContactDataRefusal.LINK_HOST_INVALID) from None
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise InvalidUrl(ContactDataRefusal.LINK_HOST_INCOMPLETE)
    return host
