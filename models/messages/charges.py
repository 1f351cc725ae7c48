"""What a dispatch costs, and whom: a text message is charged to its vendor's account."""

from uuid import UUID

from models.ledger.movements import Movement, sms_charge
from rules import Policy
from rules.messages.dispatch import DispatchChannel


def charge_of(
    channel: DispatchChannel, policy: Policy, account_id: UUID | None, dispatch_id: UUID
) -> Movement | None:
    """Return the movement for a dispatch that a provider has accepted; None for one that costs nobody."""
    if channel is not DispatchChannel.SMS or account_id is None:
        return None
    return sms_charge(account_id, policy.messages.sms_cents, dispatch_id)


def cents_of(charge: Movement | None) -> int | None:
    """Return the cost in EUR cents; None without a charge."""
    return sum(amount for _, amount in charge.legs if amount > 0) if charge is not None else None
