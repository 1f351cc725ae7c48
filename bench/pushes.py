"""Benchmark of composing push messages, against encrypting the same bytes with `http-ece` alone."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

from bench.data import policy
from bench.figures import Benchmark, Figure, Options, median
from models.base.ids import new_id
from models.feed.kinds import MessageTemplate
from models.feed.wording.notices import NoticeText
from models.messages.channels.push.encryption import base64url, point_of
from models.messages.channels.push.request import Sender
from models.messages.channels.push.service import compose_push, message_of
from models.messages.devices.target import PushTarget
from models.messages.letters import MessageHead
from models.messages.parcels import Parcel, Recipient
from rules.messages.dispatch import Blocked, DispatchChannel, DispatchFacts, Necessity, Reachable, Wanted

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROUNDS = 9


def _parcel() -> Parcel:
    template = MessageTemplate.CONTACT_AVAILABLE
    facts = DispatchFacts(
        necessity=Necessity.OPTIONAL,
        channel=DispatchChannel.PUSH,
        wanted=Wanted.ON,
        blocked=Blocked.NO,
        address=Reachable.PRESENT,
        moot=False,
        expired=False,
        quiet=False,
    )
    return Parcel(
        id=new_id(),
        message=MessageHead(new_id(), template, new_id(), new_id(), None),
        channel=DispatchChannel.PUSH,
        necessity=facts.necessity,
        group=template.group,
        policy=policy(),
        recipient=Recipient(new_id(), None, None, "Vera", "Demo Agency", None, "en", "Europe/Berlin"),
        facts=facts,
        quiet_until=None,
        attempts=1,
        first_attempt_at=NOW,
        decided_by=None,
        words=lambda _, __: NoticeText("Accepted: “Website relaunch”", "Get in touch now."),
    )


async def run(options: Options) -> list[Figure]:
    """Measure both alternately; what is composed is decrypted once, to be sure that both do the same."""
    device, secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    point = point_of(device.public_key())
    target = PushTarget("https://push.test/send/abc", base64url(point), base64url(secret))
    sender = Sender(ec.generate_private_key(ec.SECP256R1()), "mailto:ops@leadgate.example")
    parcel = _parcel()
    payload = message_of(parcel, NOW).payload

    def composed() -> bytes:
        return compose_push(sender, parcel, target, NOW)[1]

    def alone() -> bytes:
        key = ec.generate_private_key(ec.SECP256R1())
        encrypted: bytes = http_ece.encrypt(
            payload, salt=os.urandom(16), private_key=key, dh=point, auth_secret=secret, version="aes128gcm"
        )
        return encrypted

    for made in (composed(), alone()):
        if http_ece.decrypt(made, private_key=device, auth_secret=secret, version="aes128gcm") != payload:
            raise RuntimeError("a push message is not what was encrypted")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(composed, options.pick(2_000, 300)))
        theirs.append(_rate(alone, options.pick(2_000, 300)))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return [
        Figure("composed, relative to http-ece alone", median(ratios), "times", least=0.8),
        Figure("composed", median(ours), "messages per second"),
        Figure("http-ece alone", median(theirs), "messages per second"),
    ]


def _rate(work: Callable[[], bytes], count: int) -> float:
    began = time.perf_counter()
    for _ in range(count):
        work()
    return count / (time.perf_counter() - began)


BENCHMARK = Benchmark(
    "pushes",
    "Composing push messages",
    "The request for one device, with its words, headers, proof of the sender and encrypted body, compared "
    "with `http-ece` 1.2 encrypting the same bytes with a new key for each message.",
    run,
)
