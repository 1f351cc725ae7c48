"""Runs the bridge: `python -m clients.phone_bridge`, or `leadgate phone bridge`."""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping

import httpx

from clients.phone_bridge.api import Api
from clients.phone_bridge.ari import Ari
from clients.phone_bridge.bridge import PhoneBridge
from clients.phone_bridge.reports import Reports

# In the environment; the last ones have defaults.
NEEDED = ("LEADGATE_URL", "PHONE_AGENT_EMAIL", "PHONE_AGENT_PASSWORD", "PHONE_SYSTEM_URL", "PHONE_SECRET")
DEFAULTS = {
    "ARI_URL": "http://127.0.0.1:8088",
    "ARI_USER": "leadgate",
    "ARI_PASSWORD": "",
    "PHONE_AGENTS": "agent1",
}


async def bridge(given: Mapping[str, str]) -> None:
    """Connect to Asterisk and Leadgate, and run; connect to Asterisk again when it restarts."""
    async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
        api = Api(http, given["LEADGATE_URL"], given["PHONE_AGENT_EMAIL"], given["PHONE_AGENT_PASSWORD"])
        reports = Reports(http, given["PHONE_SYSTEM_URL"], given["PHONE_SECRET"])
        ari = Ari(http, given["ARI_URL"], given["ARI_USER"], given["ARI_PASSWORD"])
        agents = given["PHONE_AGENTS"].split(",")
        while True:
            try:
                await PhoneBridge(ari, api, reports, agents).run()
            except* (OSError, httpx.TransportError) as errors:
                logging.getLogger(__name__).warning("%s; connecting again", errors.exceptions[0])
            await asyncio.sleep(1)


def main() -> None:
    """Read the environment and run until Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines have addresses with keys
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        sys.exit(f"Set {', '.join(missing)}; docs/telephony.md says how.")
    given = {name: os.environ.get(name, DEFAULTS.get(name, "")) for name in (*NEEDED, *DEFAULTS)}
    try:
        asyncio.run(bridge(given))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
