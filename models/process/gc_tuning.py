"""Owns how often Python's garbage collector looks at what a long-lived process has.

It must not be used by anything that ends soon, nor in tests: what is frozen is never freed.
"""

import gc

# Allocations before a round over the youngest objects, then rounds before each older one. A page of a list is
# thousands of objects, as is a batch of deadlines: Python's own 700 look at them again and again meanwhile.
COLLECT_AFTER = (5_000, 10, 10)


def look_less_often() -> None:
    """Leave all that a process has made at its start out of the collector's rounds, and make those rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
