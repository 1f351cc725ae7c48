"""Reader of a robots.txt from standard input, in a separate process: whether each URL may be requested.

Imports nothing of Leadgate, and always runs with limits: a pattern with many wildcards takes as long as its
author likes. Options: the user agent, then the URLs. Writes one line for each, `yes` or `no`.
"""

import resource
import sys

from protego import Protego

MEMORY = 192 * 1024 * 1024
CPU_SECONDS = 2


def main() -> None:
    """Read and write."""
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))
    agent, *urls = sys.argv[1:]
    rules = Protego.parse(sys.stdin.buffer.read().decode("utf-8", errors="replace"))
    for url in urls:
        print("yes" if rules.can_fetch(url, agent) else "no")  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
