"""`markets`: all markets with what a client needs, for all users and nobody else."""

from models.policies.versions import forget_policies
from rules import demo_parameters
from tests.support.marketplace import make_market
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

DOCUMENT = """query ($first: Int, $after: Cursor) { markets(first: $first, after: $after) {
  nodes { code name currency languages policy { version terms {
    applicationFee openFor revealAfter reviewReminderAfter complaintWindow complaintDecision } } }
  pageInfo { hasNextPage endCursor } } }"""


async def test_every_user_sees_every_market(scene: Scene) -> None:
    """With the numbers of the policy in force, in their units."""
    expected = {
        "code": "main",
        "currency": "EUR",
        "languages": ["de", "en", "pl", "ro"],
    }
    terms = {
        "applicationFee": 10,
        "openFor": "PT720H",
        "revealAfter": "PT48H",
        "reviewReminderAfter": "PT24H",
        "complaintWindow": "PT720H",
        "complaintDecision": "PT504H",
    }
    for name in SIGNED_IN:
        (market,) = (await scene.clients[name].ask(DOCUMENT)).data["markets"]["nodes"]
        assert {field: market[field] for field in expected} == expected, name
        assert market["policy"]["terms"] == terms, name
    assert (await scene.clients[Kind.ANONYMOUS].ask(DOCUMENT)).codes == ["UNAUTHENTICATED"]


async def test_markets_are_paged_by_code_in_few_statements(scene: Scene) -> None:
    """Shortened days have their real length; the policies of all markets are read together."""
    for code in ("zeta", "alpha", "beta"):
        await make_market(code, demo_parameters(1))
    owner = scene.clients[Kind.OWNER]
    forget_policies()
    with recorded_statements() as statements:
        everything = (await owner.ask(DOCUMENT)).data["markets"]["nodes"]
    assert len(statements) == 4, "the viewer, the markets, their policies in force, the parameters of these"
    assert [one["code"] for one in everything] == ["alpha", "beta", "main", "zeta"]
    assert everything[0]["policy"]["terms"]["complaintWindow"] == "PT12M"
    first = (await owner.ask(DOCUMENT, first=3)).data["markets"]
    rest = (await owner.ask(DOCUMENT, after=first["pageInfo"]["endCursor"])).data["markets"]
    assert first["nodes"] + rest["nodes"] == everything
    assert rest["pageInfo"]["hasNextPage"] is False
