"""A trial of a draft with a shorter time to answer, carried out by one worker."""

from datetime import datetime, timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection
from models.base.viewer import Viewer
from models.policies.trial.run import TrialRunner
from models.policies.trial.start import TrialRequest, start_trial
from rules import production_parameters
from tests.support.marketplace import Marketplace


async def make_trial(place: Marketplace) -> UUID:
    """Try it on the marketplace's log."""
    return await try_answer_time(place.operator, place.market.code)


async def try_answer_time(operator: Viewer, market: str, seconds: int = 3_600) -> UUID:
    """Try a time to answer of some seconds on the log of a market, until it is done."""
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = seconds
    parameters["reminder"]["review_reminder_after"] = seconds // 2
    now: datetime = await database_now(connection())
    since, until = now - timedelta(days=400), now + timedelta(days=1)
    request = TrialRequest(market, parameters, since, until, None, "a trial")
    trial_id = await start_trial(connection(), operator, request)
    runner = TrialRunner()
    while await runner.carry_on():
        pass
    await runner.close()
    return trial_id
