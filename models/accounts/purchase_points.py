"""Books points that an account has paid for; the payment itself happens elsewhere."""

from uuid import UUID

from models.accounts.refusals import AccountRefusal
from models.base.clock import database_now
from models.base.database import fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.ledger.movements import purchase
from models.ledger.refusals import PointsRefusal
from models.process.wake import Wake

MOST_POINTS = 1_000_000


async def purchase_points(
    viewer: Viewer, wake: Wake, *, account_id: UUID, points: int, idempotency_key: str
) -> None:
    """Book 1 to 1,000,000 points for an account, once per key.

    Raises `Refusal`: FORBIDDEN except for operators, INVALID, NOT_FOUND, IDEMPOTENCY_CONFLICT, CONFLICT for
    more points than an account can hold.
    """
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="credit points")
    if not 1 <= points <= MOST_POINTS:
        raise PointsRefusal.POINTS_OUT_OF_RANGE.at("points", most=MOST_POINTS)
    async with transaction() as conn:
        now = await database_now(conn)
        purchase_id = new_id()
        earlier = await first_answer(
            conn,
            scope=viewer.user_id,
            operation="pointsPurchase",
            key=idempotency_key,
            given={"accountId": str(account_id), "points": points},
            result=purchase_id,
            now=now,
        )
        if earlier is not None:
            return
        if await fetch_one(conn, "SELECT id FROM account WHERE id = $1 FOR KEY SHARE", account_id) is None:
            raise AccountRefusal.ACCOUNT_NOT_FOUND.at("accountId")
        journal = Journal(now, viewer.user_id)
        journal.movements.append(purchase(account_id, points, purchase_id))
        journal.events.append(
            EventRow(account_id, NotificationKind.POINTS_PURCHASED, now, parameters={"points": points})
        )
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
