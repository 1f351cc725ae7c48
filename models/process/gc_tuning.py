"""Makes Python's garbage collector run less often in long-lived processes. Frozen objects are never freed."""

import gc

# Allocations before a collection of the youngest generation, then collections before each older one. A page
# of a list is thousands of objects, as is a batch of deadlines: with Python's default of 700 they are scanned
# again and again. The second number is small because what a thousand sockets hold at once would otherwise be
# scanned at once, which takes 0.1 s.
COLLECT_AFTER = (10_000, 2, 50)
# A worker's batches: each of its lanes holds tens of thousands of objects, of which none is garbage.
COLLECT_AFTER_BATCHES = (100_000, 10, 10)


def look_less_often(after: tuple[int, int, int] = COLLECT_AFTER) -> None:
    """Exclude all objects created during startup from collections, and make collections rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*after)
