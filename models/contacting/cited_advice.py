"""The id of an advice, by which an attempt cites it: its facts, so that it can be kept as a decision.

Advice is not stored until it is cited. Ids are made with the installation's key, so nobody can invent one.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.base.database import Connection, fetch_one
from models.base.keyed_hash import KeyedHash
from models.contacting.refusals import ContactingRefusal
from models.policies.versions import policies_by_id
from rules import Decision, decide
from rules.contacting.channel_for_goal import GoalChannel
from rules.contacting.channel_preference import Preference
from rules.contacting.contact_advice import AdviceFacts, contact_advice
from rules.contacting.contact_permission import ContactPermission
from rules.contacting.follow_up import FollowUp

_LABEL = "advice"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MAC = 32  # hexadecimal digits
_LONGEST = 400  # characters of an id


@dataclass(frozen=True, slots=True)
class CitedAdvice:
    """What an id says: the lead, the instant, the policy's version, and the facts of the advice."""

    lead_id: UUID
    at: datetime
    policy_version: str
    facts: AdviceFacts

    async def decision(self, conn: Connection) -> Decision | None:
        """Return the advice, decided again by its own policy; None if the policy no longer exists."""
        row = await fetch_one(conn, "SELECT id FROM policy WHERE version = $1", self.policy_version)
        if row is None:
            return None
        policy = (await policies_by_id(conn, {row["id"]}))[row["id"]]
        return decide(contact_advice, policy, self.facts, self.at)


def advice_id(hashes: KeyedHash, lead_id: UUID, advice: Decision) -> str:
    """Return the id of an advice for a lead."""
    values = (str(int(value)) if isinstance(value, bool) else str(value) for value in advice.facts.values())
    at = (advice.decided_at - _EPOCH) // _MICROSECOND
    text = "|".join((lead_id.hex, f"{at:x}", advice.policy_version, *values))
    return urlsafe_b64encode(f"{text}|{_mac(hashes, text)}".encode()).decode().rstrip("=")


def read_advice_id(hashes: KeyedHash, given: str) -> CitedAdvice:
    """Return what an id says. Raises `Refusal` INVALID for anything else."""
    try:
        decoded = urlsafe_b64decode(given[:_LONGEST] + "=" * (-len(given[:_LONGEST]) % 4)).decode()
        text, _, mac = decoded.rpartition("|")
        if not hmac.compare_digest(mac, _mac(hashes, text)):
            raise ContactingRefusal.ADVICE_UNKNOWN.at("adviceId")
        lead, at, version, follow, preference, goal, call, email, chat, meeting = text.split("|")
        facts = AdviceFacts(
            FollowUp(follow),
            Preference(preference),
            GoalChannel(goal),
            ContactPermission(call),
            *(value == "1" for value in (email, chat, meeting)),
        )
        return CitedAdvice(UUID(lead), _EPOCH + int(at, 16) * _MICROSECOND, version, facts)
    except (ValueError, Error, TypeError) as error:  # also texts that are no UTF-8, or not ASCII
        raise ContactingRefusal.ADVICE_UNKNOWN.at("adviceId") from error


def _mac(hashes: KeyedHash, text: str) -> str:
    return hashes.of(_LABEL, text)[:_MAC]
