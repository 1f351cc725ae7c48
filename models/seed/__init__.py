"""The demo marketplace: two markets, five users, points, a history, leads, a phone secretariat, a chat,
contacts, leads with advice, work for the operator, and a company with smart contact data.

Seeding again keeps existing data. It uses the actions wherever possible, so that the rules apply to the demo
as well.
"""

from models.base.alone import alone
from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.process.release import program
from models.seed.advice import show_advice
from models.seed.calendar import add_calendar
from models.seed.chat import open_chat
from models.seed.contacting import hand_out_contacts, import_robinson_list
from models.seed.guard import KnownPassword, may_seed
from models.seed.history import play_history
from models.seed.leads import publish_leads
from models.seed.markets import create_markets
from models.seed.operators_work import leave_work
from models.seed.people import PASSWORD, USERS, create_people
from models.seed.secretariat import open_phone
from models.seed.smart_data import switch_on
from models.smart_data.configured import smart_data_context
from settings import Settings

__all__ = ["PASSWORD", "USERS", "KnownPassword", "may_seed", "seed"]

_LOCK = 5_231_848  # any number that is not used for another lock


async def seed(settings: Settings) -> None:
    """Create what is missing, in a migrated database; only one process at a time.

    A changed `DEMO_HOUR_SECONDS` publishes one more version of the demo market's policy, in force from now;
    existing cases keep theirs. Demo leads that have closed meanwhile are published again.
    """
    async with alone(settings.direct_dsn, _LOCK, program("seed")):
        markets = await create_markets(settings.demo_hour_seconds)
        people = await create_people(markets.demo)
        await play_history(people.operator, people.prospect, people.rival)
        await publish_leads(people.operator, people.prospect, markets)
        await open_phone(people.operator, people.vendor)
        if settings.only_here and people.vendor.account_id is not None:
            sealer = Sealer(settings.sealing_key())
            await add_calendar(sealer, people.vendor.account_id, settings.host, settings.port)
        await open_chat(people.prospect, people.vendor)
        await hand_out_contacts(people.operator, people.prospect, people.accounts)
        await import_robinson_list(people.operator, KeyedHash(settings.hashing_key()))
        await show_advice(people.operator, people.prospect, people.vendor)
        await leave_work(people.operator, people.vendor)
        await switch_on(people.rival, smart_data_context(settings))
