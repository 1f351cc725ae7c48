"""The page's session with clocks that are wrong, set or stopped, and with a server that doesn't respond.

Node runs the script itself, on the clocks and the server of `session_scenarios.mjs`: nothing waits for time.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from schema.http import graphiql

SCENARIOS = Path(__file__).with_name("session_scenarios.mjs")
SCRIPT = Path(graphiql.__file__).parent / "assets" / "session.js"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node, such as `apt-get install nodejs`")


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The findings of each scenario."""
    assert NODE is not None
    ran = subprocess.run(
        [NODE, str(SCENARIOS), str(SCRIPT)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    findings: dict[str, Any] = json.loads(ran.stdout)
    return findings


def test_a_wrong_clock_changes_nothing(found: dict[str, Any]) -> None:
    """Hours ahead or behind: no refresh in five seconds, four in an hour, each with a new token."""
    assert found["wrongClock"] == {hours: [0, 4, 4] for hours in ("-9", "-1", "0", "1", "9")}


def test_a_clock_that_is_set_costs_one_refresh_at_most(found: dict[str, Any]) -> None:
    assert found["clockThatIsSet"] == {"-3": 0, "3": 1}


def test_a_machine_that_slept_refreshes_once_before_the_next_request(found: dict[str, Any]) -> None:
    """Three requests wait for one refresh, although the monotonic clock stopped."""
    assert found["sleep"] == {"refreshes": 1, "token": "access 1"}


def test_during_an_outage_pauses_grow_and_the_key_stays_the_same(found: dict[str, Any]) -> None:
    """The session continues when the server responds again; the next refresh has another key."""
    outage = found["outage"]
    assert outage["pauses"] == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]
    assert (outage["during"], outage["keys"]) == (15, 1)
    assert (outage["afterwards"], outage["keysAfterwards"], outage["signedIn"]) == (2, 2, True)


def test_requests_during_an_outage_continue_while_the_token_is_valid(found: dict[str, Any]) -> None:
    """They cause no additional attempts; after that they report the problem, and the session continues."""
    assert found["requestsDuringAnOutage"] == {
        "whileValid": 0,
        "message": "The token could not be refreshed. Failed to fetch",
        "token": "access 0",
    }


def test_a_refusal_ends_the_session_once(found: dict[str, Any]) -> None:
    assert found["refused"] == {
        "refreshes": 1,
        "token": None,
        "kept": 0,
        "shown": ["Your session has expired. This session has ended. Sign in again."],
    }


def test_a_response_that_arrives_after_signing_out_signs_nobody_in(found: dict[str, Any]) -> None:
    assert found["signOutDuringARefresh"] == {"refreshes": 1, "token": None, "signedOut": 1}


def test_after_a_reload_the_access_token_is_used_only_for_its_lifetime(found: dict[str, Any]) -> None:
    """The refresh token is not stored, and a clock that was set back does not extend the lifetime."""
    assert found["reload"] == {
        "token": "access 0",
        "late": "access 0",
        "ended": None,
        "refreshes": 0,
        "secret": False,
        "clockSetBack": None,
    }


def test_a_token_without_time_left_does_not_cause_a_storm(found: dict[str, Any]) -> None:
    """At most one refresh in five seconds."""
    assert found["tokenThatHasEnded"] == {"0": 12, "1": 12, "null": 12}
