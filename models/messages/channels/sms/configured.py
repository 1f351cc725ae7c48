"""The SMS provider that a URL specifies: `seven://:key@host` or `twilio://account:token@host`."""

from models.messages.channels.sms.provider import SmsProvider
from models.messages.channels.sms.seven import Seven
from models.messages.channels.sms.twilio import Twilio
from settings.sms import read_sms_url


def sms_provider(url: str, sender: str) -> SmsProvider:
    """Return the provider; without a host, it is the provider's own.

    Raises ValueError; the message does not quote the URL, which contains the key.
    """
    given = read_sms_url(url)
    if not sender:
        raise ValueError("an SMS provider needs a sender")
    if given.provider == "seven":
        return Seven(given.token, sender, given.origin) if given.origin else Seven(given.token, sender)
    account, token = given.account, given.token
    return Twilio(account, token, sender, given.origin) if given.origin else Twilio(account, token, sender)
