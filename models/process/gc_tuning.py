"""Makes Python's garbage collector run less often in long-lived processes. Frozen objects are never freed."""

import gc

# Allocations before a round over the youngest objects, then rounds before each older one. A page of a list is
# thousands of objects, as is a batch of deadlines: Python's own 700 look at them again and again meanwhile.
COLLECT_AFTER = (5_000, 10, 10)


def look_less_often() -> None:
    """Leave all that a process has made at its start out of the collector's rounds, and make those rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
