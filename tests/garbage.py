"""Switches the garbage collector off while pytest imports and collects; `tests.conftest` imports this first.

What is imported and collected stays until the end: looking for garbage in it takes half of the time.
"""

import gc

from models.process.gc_tuning import look_less_often

gc.disable()


def collect_as_servers_do() -> None:
    """Switch it on, without what exists by now."""
    gc.enable()
    look_less_often()
