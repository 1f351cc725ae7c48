"""The SMS provider that a URL specifies: `seven://:key@host` or `twilio://account:token@host`."""

from urllib.parse import unquote, urlsplit

from models.messages.channels.sms.provider import SmsProvider
from models.messages.channels.sms.seven import Seven
from models.messages.channels.sms.twilio import Twilio

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_FORMS = "the SMS provider must be given as seven://:key@host or twilio://account:token@host, with a sender"


def sms_provider(url: str, sender: str) -> SmsProvider:
    """Return the provider; without a host, it is the provider's own. The API is called by https, or by http
    on this machine.

    Raises ValueError; the message does not quote the URL, which contains the key.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # an invalid port raises
    except ValueError as error:
        raise ValueError("the address of the SMS provider is malformed") from error
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.path.strip("/") or parts.query or parts.fragment or not password or not sender:
        raise ValueError(_FORMS)
    origin = f"{'http' if host in _THIS_MACHINE else 'https'}://{parts.netloc.rpartition('@')[2]}"
    if parts.scheme == "seven" and not user:
        return Seven(password, sender, origin) if host else Seven(password, sender)
    if parts.scheme == "twilio" and user:
        return Twilio(user, password, sender, origin) if host else Twilio(user, password, sender)
    raise ValueError(_FORMS)
