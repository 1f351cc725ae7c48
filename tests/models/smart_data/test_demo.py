"""The demo: Rafael's company has smart contact data on, Vera's has the plan and has to decide."""

import pytest

from models.accounts.passwords import Passwords
from models.base.database import connection
from models.base.role import Role
from models.process.wake import Silence
from models.seed import people, seed
from models.seed.people import RIVAL, VENDOR
from models.smart_data.account_settings import settings_of
from models.smart_data.update_settings import SettingsDraft, update_settings
from settings import Settings
from tests.support.database import Database
from tests.support.hashing import CHEAP
from tests.support.smart_data import CONTEXT


async def test_one_company_has_it_on_and_seeding_again_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "Passwords", lambda: Passwords(CHEAP))
    settings = Settings(database_url=database.url)
    await seed(settings)
    vera, rafael = [await people._viewer(email, Role.OWNER) for email in (VENDOR, RIVAL)]
    assert vera.account_id is not None
    assert rafael.account_id is not None
    found = await settings_of(connection(), [vera.account_id, rafael.account_id])
    assert [(one.included, one.on) for one in (found[vera.account_id], found[rafael.account_id])] == [
        (True, False),
        (True, True),
    ]
    await update_settings(rafael, Silence(), CONTEXT, SettingsDraft(on=False), 1)
    await seed(settings)
    assert not (await settings_of(connection(), [rafael.account_id]))[rafael.account_id].on
