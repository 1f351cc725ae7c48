"""Files are charged by their bytes, in addition to the cost of the operation."""

import io
import json

import httpx
import pytest
from starlette.datastructures import UploadFile

from schema.graphql.limits.uploads import cost_of_uploads
from tests.schema.graphql.limits.conftest import Running
from tests.support.api import Api
from tests.support.marketplace import make_marketplace

FILE = """mutation ($input: ComplaintFileInput!) { complaintFile(input: $input) {
  userErrors { code field message } } }"""


def _file(size: int) -> UploadFile:
    return UploadFile(io.BytesIO(), size=size)


@pytest.mark.parametrize(
    ("variables", "cost"),
    [
        (None, 0),
        ({"input": {"file": None, "items": [{"a": 1}]}}, 0),
        ({"input": {"file": _file(0)}}, 0),
        ({"input": {"file": _file(1)}}, 1),
        ({"input": {"file": _file(1_000)}}, 1),
        ({"input": {"file": _file(1_001)}}, 2),
        ({"a": [_file(2_000), {"b": _file(3_000)}], "c": _file(500)}, 6),
    ],
)
def test_each_started_thousand_bytes_costs_one_point(variables: object, cost: int) -> None:
    assert cost_of_uploads(variables) == cost


async def _send(api: Api, token: str, size: int) -> httpx.Response:
    operations = {"query": FILE, "variables": {"input": {"file": None, "idempotencyKey": "k"}}}
    return await api.http.post(
        "/graphql",
        data={"operations": json.dumps(operations), "map": json.dumps({"0": ["variables.input.file"]})},
        files={"0": ("a.csv", b"x" * size, "text/csv")},
        headers={"GraphQL-Preflight": "1", "Authorization": f"Bearer {token}"},
    )


def _remaining(response: httpx.Response) -> int:
    remaining: int = response.json()["extensions"]["rateLimit"]["remaining"]
    return remaining


async def test_an_uploads_bytes_are_charged_to_the_bucket(running: Running) -> None:
    """Whatever its outcome; one point per second is refilled meanwhile."""
    market = await make_marketplace()
    burst = 20_000
    async with running(rate_limit_cost_per_minute=60, rate_limit_burst=burst) as api:
        token = await api.token(market.vendor.owner.user_id)
        first = _remaining(await _send(api, token, 100))
        second = _remaining(await _send(api, token, 5_000_000))
    assert burst - 100 < first < burst
    assert first - second >= 5_000 - 60


async def test_an_upload_that_costs_more_than_is_left_is_refused(running: Running) -> None:
    market = await make_marketplace()
    async with running(rate_limit_cost_per_minute=60, rate_limit_burst=1_500) as api:
        token = await api.token(market.vendor.owner.user_id)
        assert _remaining(await _send(api, token, 1_000_000)) < 500
        refused = await _send(api, token, 1_000_000)
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["extensions"]["limit"] == "rate"
