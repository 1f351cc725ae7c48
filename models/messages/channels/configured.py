"""The channels of a process, as its settings have them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.messages.channels.channel import Channel
from models.messages.channels.mail import MailForm
from models.messages.channels.mail_file import MailFiles
from models.messages.channels.push.request import Sender
from models.messages.channels.push.service import BOUNDS, WebPush
from models.messages.channels.sms.configured import sms_provider
from models.messages.channels.sms.files import SmsFiles
from models.messages.channels.sms.form import SmsForm
from models.messages.channels.sms.gateway import SmsGateway
from models.messages.channels.smtp import MailServer, Smtp
from models.messages.channels.webhook import BOUNDS as WEBHOOK_BOUNDS
from models.messages.channels.webhook import Webhooks
from models.messages.sending_context import SendingContext
from models.outside.guard import Guard
from models.outside.resolver import system_resolver
from models.outside.transport import OutsideTransport
from models.process.wake import Wake
from rules.messages.dispatch import DispatchChannel
from settings import Settings

MAIL_FOLDER, SMS_FOLDER = "mail", "sms"  # in the folder of runtime data


def sending_context(settings: Settings, wake: Wake) -> SendingContext:
    """Return what sending needs; generates the keys that are missing."""
    return SendingContext(
        KeyedHash(settings.hashing_key()),
        settings.origin,
        wake,
        Sealer(settings.sealing_key()),
        settings.privacy_contact,
    )


def configured_channels(settings: Settings, context: SendingContext) -> Mapping[DispatchChannel, Channel]:
    """Return the channels by kind: through the configured server and provider, or into files; and push
    messages to the push services of browsers.
    """
    form = MailForm(context, settings.mail_from, settings.mail_domain)
    given = settings.mail_server
    email: Channel = MailFiles(form, settings.var_dir / MAIL_FOLDER)
    if given is not None:
        server = MailServer(given.host, given.port, given.tls, given.user, given.password)
        email = Smtp(form, server, lanes=settings.email_lanes)
    texts = SmsForm(context)
    sms: Channel = SmsFiles(texts, settings.var_dir / SMS_FOLDER, charged=_is_trial(settings))
    if settings.sms_url is not None and settings.sms_from is not None:
        sms = SmsGateway(texts, sms_provider(settings.sms_url, settings.sms_from))
    push = WebPush(push_sender(settings), _outside_of_push, lambda: datetime.now(UTC))
    webhooks = Webhooks(
        outside_of_webhooks(settings), lanes=settings.webhook_lanes, now=lambda: datetime.now(UTC)
    )
    return {email.kind: email, sms.kind: sms, push.kind: push, webhooks.kind: webhooks}


def push_sender(settings: Settings) -> Sender:
    """Return who sends push messages; generates the key pair if there is none."""
    return Sender.parse(settings.push_private_key(), settings.push_sender)


def _outside_of_push() -> OutsideTransport:
    return OutsideTransport(Guard(system_resolver()), BOUNDS)


def warnings_of(settings: Settings) -> list[str]:
    """Return what people would miss: messages that stay on this machine, and links that lead nowhere."""
    if _is_trial(settings):
        return []
    warnings = []
    if settings.mail_url is None:
        warnings.append("MAIL_URL is not set: emails are written to files, and nobody receives them.")
    if settings.sms_url is None:
        warnings.append("SMS_URL is not set: text messages are written to files, and nobody receives them.")
    if settings.public_url is None:
        warnings.append(f"PUBLIC_URL is not set: links in messages begin with {settings.origin}.")
    if not settings.privacy_contact:
        warnings.append("PRIVACY_CONTACT is not set: notices about personal data don't name the operator.")
    return warnings


def _is_trial(settings: Settings) -> bool:
    """Return whether nobody outside uses this marketplace, as in a demo: it charges like a real one."""
    return settings.mail_url is None and settings.sms_url is None and settings.public_url is None


def outside_of_webhooks(settings: Settings) -> OutsideTransport:
    """Return the transport of webhooks: public addresses, and the hosts that the settings allow."""
    guard = Guard(system_resolver(), private=settings.private_webhook_hosts)
    return OutsideTransport(guard, WEBHOOK_BOUNDS)
