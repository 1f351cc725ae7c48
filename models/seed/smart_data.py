"""The demo's smart contact data: on for Rafael's company; Vera's has the plan, and has to decide."""

from models.base.database import connection
from models.base.viewer import Viewer
from models.process.wake import Silence
from models.smart_data.account_settings import settings_of
from models.smart_data.context import SmartDataContext
from models.smart_data.update_settings import SettingsDraft, update_settings


async def switch_on(owner: Viewer, context: SmartDataContext) -> None:
    """Switch it on for the owner's company, unless somebody has ever changed it."""
    account_id = owner.account_id
    if account_id is None:
        return
    found = (await settings_of(connection(), [account_id])).get(account_id)
    if found is not None and found.version == 0:
        draft = SettingsDraft(
            on=True, accepts_roles=True, sources=dict.fromkeys(sorted(context.sources), True)
        )
        await update_settings(owner, Silence(), context, draft, expected_version=0)
