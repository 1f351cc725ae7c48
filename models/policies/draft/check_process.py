"""Check of all rulesets under the parameters of a draft, in a separate process: it takes seconds of CPU time.

Reads `{"draft": PARAMETERS, "latest": PARAMETERS or null}` from standard input and writes a list: for each
ruleset that does not hold, what is wrong with a counterexample, as the fields of a `RulesetFault`, or a text.
A ruleset is built, which finds gaps, conflicts and unreachable rules in all its cells; then both evaluators
fill its table, unless its conditions are those of the latest version, whose table was filled when that was
published.
"""

import json
import resource
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))  # an isolated process does not know where it is

from rules import ALL, Policy, RulesetDefinition, RulesetError, full_table_check

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 120
LONGEST = 600

Found = dict[str, object] | str


def limit_process() -> None:
    """Limit this process; a request waits for it, so it is as important as the server."""
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def counterexamples(
    draft: Policy, latest: Policy | None, rulesets: Iterable[RulesetDefinition[Any]] = ALL
) -> list[Found]:
    """Return why rulesets do not hold under a draft, one reason for each of them."""
    found: list[Found] = []
    for definition in rulesets:
        try:
            ruleset = definition.for_policy(draft)
            if latest is None or _conditions(definition, draft) != _conditions(definition, latest):
                full_table_check(ruleset)
        except RulesetError as error:
            fault = error.fault
            found.append(str(error)[:LONGEST] if fault is None else asdict(fault) | {"kind": fault.kind.name})
    return found


def _conditions(definition: RulesetDefinition[Any], policy: Policy) -> list[object]:
    return [(rule.id, rule.verdict, rule.data) for rule in definition.rules(policy)]


def main() -> None:
    """Check what standard input says."""
    limit_process()
    given = json.load(sys.stdin)
    latest = None if given["latest"] is None else Policy.unpublished(given["latest"], version="latest")
    sys.stdout.write(json.dumps(counterexamples(Policy.unpublished(given["draft"]), latest)))


if __name__ == "__main__":
    main()
