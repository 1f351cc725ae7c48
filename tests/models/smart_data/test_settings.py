"""An owner switches smart contact data on, and chooses sources (S2.1, S2.2, S2.10)."""

import pytest

from models.base.database import connection, fetch
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.feed.kinds import NotificationKind
from models.outside.sources.source import OutsideSource
from models.process.wake import Silence
from models.smart_data.account_settings import SettingsView, settings_of
from models.smart_data.update_settings import SettingsDraft, update_settings
from models.smart_data.words import RolesText
from models.tables import Account
from rules.plan import Plan
from tests.support.marketplace import START, MadeMarket, MadeVendor, make_operator, make_prospect, make_vendor
from tests.support.smart_data import CONTEXT, MAIL_DNS, REGISTER, SOURCES, WEBSITE

ON = SettingsDraft(on=True, accepts_roles=True)


async def change(viewer: Viewer, draft: SettingsDraft, version: int = 0) -> None:
    await update_settings(viewer, Silence(), CONTEXT, draft, version)


async def read(vendor: MadeVendor) -> SettingsView:
    return (await settings_of(connection(), [vendor.id]))[vendor.id]


async def test_it_is_off_until_an_owner_switches_it_on(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    before = await read(vendor)
    assert (before.on, before.included, before.version, before.sources) == (False, True, 0, frozenset())
    await change(vendor.owner, ON)
    after = await read(vendor)
    assert (after.on, after.version) == (True, 1)
    assert after.sources == {WEBSITE, MAIL_DNS}, "those that tell nobody but the organisation itself"
    assert (after.switched_on_at, after.switched_on_by_id) == (START, vendor.owner.user_id)
    await change(vendor.owner, SettingsDraft(on=False), 1)
    off = await read(vendor)
    assert (off.on, off.switched_on_at) == (False, START), "who switched it on last is kept"
    rows = await fetch(
        connection(),
        "SELECT parameters->>'outcome' AS outcome FROM feed_event WHERE kind = $1 ORDER BY seq",
        NotificationKind.SMART_DATA_SWITCHED,
    )
    assert [row["outcome"] for row in rows] == ["ON", "OFF"]


@pytest.mark.parametrize("plan", list(Plan))
async def test_every_plan_but_free_can_switch_it_on(market: MadeMarket, plan: Plan) -> None:
    vendor = await make_vendor(plan=plan)
    if plan is not Plan.FREE:
        await change(vendor.owner, ON)
        return
    with pytest.raises(Refusal) as refused:
        await change(vendor.owner, ON)
    assert refused.value.decision is not None
    assert refused.value.decision.rule_id == "plan_without_it"


async def test_a_downgraded_account_can_switch_it_off(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    await change(vendor.owner, ON)
    await Account.filter(id=vendor.id).update(plan=Plan.FREE)
    await change(vendor.owner, SettingsDraft(on=False), 1)
    assert not (await read(vendor)).on


@pytest.mark.parametrize("accepts", [None, False])
async def test_switching_on_needs_the_roles_to_be_accepted(market: MadeMarket, accepts: bool | None) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    with pytest.raises(Refusal) as refused:
        await change(vendor.owner, SettingsDraft(on=True, accepts_roles=accepts))
    assert (refused.value.code, refused.value.field) == ("REQUIRED", ("acceptsRoles",))
    assert not (await read(vendor)).on


async def test_only_owners_of_the_account_may_change_it(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    others = (vendor.member, vendor.employee, await make_operator(), (await make_prospect()).viewer)
    for viewer in others:
        with pytest.raises(Refusal) as refused:
            await change(viewer, ON)
        assert refused.value.code == "FORBIDDEN"
    assert (await read(vendor)).version == 0


async def test_an_old_version_is_refused(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    await change(vendor.owner, ON)
    with pytest.raises(Refusal) as refused:
        await change(vendor.owner, SettingsDraft(on=False), 0)
    assert (refused.value.code, refused.value.field) == ("STALE_VERSION", ("expectedVersion",))


async def test_sources_are_chosen_among_those_that_the_server_asks(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    await change(vendor.owner, SettingsDraft(on=True, accepts_roles=True, sources={REGISTER: True}))
    assert (await read(vendor)).sources == SOURCES
    with pytest.raises(Refusal) as refused:
        await change(vendor.owner, SettingsDraft(sources={OutsideSource.GRAVATAR: True}), 1)
    assert (refused.value.code, refused.value.field) == ("INVALID", ("sources", "0", "source"))
    await change(vendor.owner, SettingsDraft(sources={OutsideSource.GRAVATAR: False, WEBSITE: False}), 1)
    assert (await read(vendor)).sources == {MAIL_DNS, REGISTER}


async def test_sources_that_were_chosen_before_switching_on_are_as_chosen(market: MadeMarket) -> None:
    vendor = await make_vendor(plan=Plan.ADVANCED)
    await change(vendor.owner, SettingsDraft(sources={WEBSITE: False, REGISTER: True}))
    await change(vendor.owner, ON, 1)
    assert (await read(vendor)).sources == {MAIL_DNS, REGISTER}


def test_the_roles_are_said_in_four_languages() -> None:
    words = RolesText.ROLES.words
    assert len({words.en, words.de, words.pl, words.ro}) == 4
    assert all(len(text) > 300 for text in (words.en, words.de, words.pl, words.ro))
