"""Notifications have the balance of the viewer's own account, and of no other."""

from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

BALANCE = "account { id name points pointsOnHold }"


async def test_notifications_show_the_viewers_own_account(scene: Scene) -> None:
    """To owners and members, with its current points; for everybody else it is null."""
    acting = {Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR}
    document = f"{{ viewer {{ {BALANCE} }} notifications {{ nodes {{ {BALANCE} }} }} }}"
    shown = set()
    for name in SIGNED_IN:
        data = (await scene.clients[name].ask(document)).data
        accounts = [node["account"] for node in data["notifications"]["nodes"]]
        assert accounts == [data["viewer"]["account"]] * len(accounts), name
        assert (data["viewer"]["account"] is not None) == (name in acting), name
        if accounts:
            shown.add(name)
    assert shown >= {*acting, Kind.PROSPECT}
