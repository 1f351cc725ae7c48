"""Reader of a calendar from standard input, in a separate process: when somebody is away, and hours.

Imports nothing of Leadgate but the reader, and always runs with limits. Options: the zone of floating times,
the begin and the end of what is read (ISO 8601, with an offset), whether tentative events count, and whether
titles are wanted ("1" or "0"). Writes one JSON object:

    {"away": [[BEGIN, END, KEY, TITLE or null], ...],
     "hours": [["SPAN" or "WITHIN", BEGIN, END, PRIORITY], ...],
     "warnings": {CODE: NUMBER, ...}}

BEGIN and END are instants in UTC, or dates (END exclusive) of whole days. KEY is the same for the same
occurrence each time the calendar is read. Without a calendar it writes {"error": "NOT_A_CALENDAR"}.
"""

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[3]))  # an isolated process does not know where it is

from models.calls.calendars.reader.lines import NotACalendar
from models.calls.calendars.reader.reading import read_calendar
from models.calls.calendars.reader.wanted import Wanted

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10


def limit_process() -> None:
    """Limit this process, so that the worst calendar ends it and nothing else."""
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def main() -> None:
    """Read standard input with the options of the command line."""
    zone, begin, end, tentative, titles = sys.argv[1:]
    wanted = Wanted(
        ZoneInfo(zone),
        datetime.fromisoformat(begin),
        datetime.fromisoformat(end),
        tentative=tentative == "1",
        titles=titles == "1",
    )
    limit_process()
    try:
        answer = read_calendar(sys.stdin.buffer.read(), wanted)
    except NotACalendar:
        answer = {"error": "NOT_A_CALENDAR"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
