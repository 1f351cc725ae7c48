"""Services that a server shares between all requests: settings, tokens, wake-ups, feed reader, checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from arq.connections import ArqRedis

from models.calls.calendars.fetching import outside_of_calendars
from models.calls.call_news import NewsOfCalls
from models.complaints.evidence.gathering import Check
from models.messages.channels.channel import Channel
from models.messages.channels.configured import (
    configured_channels,
    outside_of_webhooks,
    push_sender,
    sending_context,
)
from models.messages.sending_context import SendingContext
from models.outside.transport import OutsideTransport
from models.process.redis_health import RedisHealth
from models.process.wake import Wake
from models.seed.guard import KnownPassword
from models.smart_data.configured import smart_data_context
from models.smart_data.context import SmartDataContext
from rules.messages.dispatch import DispatchChannel
from schema.graphql.authentication import Authentication
from schema.graphql.following.feed_reader import FeedReader
from schema.graphql.following.session_watch import SessionWatch
from schema.graphql.following.shared_results import SharedResults
from schema.graphql.open_count import OpenCount
from settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Created by `server.py` or by a test."""

    settings: Settings
    wake: Wake
    authentication: Authentication
    reader: FeedReader
    redis: ArqRedis
    now: Callable[[], datetime]
    checks: tuple[Check, ...] = ()
    redis_health: RedisHealth = field(default_factory=RedisHealth)
    news_of_calls: NewsOfCalls = field(default_factory=NewsOfCalls)
    sessions: SessionWatch = field(default_factory=SessionWatch)
    shared_results: SharedResults = field(default_factory=SharedResults)
    known_password: KnownPassword | None = None  # set if demo users must not be able to sign in
    sockets: OpenCount = field(init=False)
    sending: SendingContext = field(init=False)
    channels: Mapping[DispatchChannel, Channel] = field(init=False)  # for previews: workers send
    push_key: str = field(init=False)  # with which browsers subscribe to push messages
    outside: OutsideTransport = field(init=False)  # for the addresses of webhook endpoints
    smart_data: SmartDataContext = field(init=False)
    calendars: OutsideTransport = field(init=False)  # for those of calendars

    def __post_init__(self) -> None:
        """Count each user's sockets in this process, and read what sending needs."""
        object.__setattr__(self, "sockets", OpenCount(self.settings.sockets_per_user))
        object.__setattr__(self, "sending", sending_context(self.settings, self.wake))
        object.__setattr__(self, "channels", configured_channels(self.settings, self.sending))
        object.__setattr__(self, "push_key", push_sender(self.settings).public_key)
        object.__setattr__(self, "outside", outside_of_webhooks(self.settings))
        object.__setattr__(self, "smart_data", smart_data_context(self.settings))
        object.__setattr__(self, "calendars", outside_of_calendars(self.settings))
