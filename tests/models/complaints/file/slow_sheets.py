"""A workbook reader that replaces the real one and blocks until a test releases it.

It signals when it has started and ends when released, so that no test waits for time to pass.
"""

import asyncio
import os
from pathlib import Path

_PROGRAM = """
import os, pathlib, sys, time
sys.stdin.buffer.read()
folder = pathlib.Path(__file__).parent
(folder / f"begun-{os.getpid()}").touch()
while not (folder / "go").exists():
    time.sleep(0.01)
print('{"error": "DAMAGED"}')
"""
_PATIENCE = 60.0


class SlowSheets:
    """The program, and the state of its processes."""

    def __init__(self, folder: Path) -> None:
        """Write the program into an empty folder."""
        self._folder = folder
        self.program = folder / "slow_sheets.py"
        self.program.write_text(_PROGRAM)

    def go_on(self) -> None:
        """Release all processes."""
        (self._folder / "go").touch()

    def begun(self) -> list[int]:
        """Return the processes that have read their workbook."""
        return [int(file.name.removeprefix("begun-")) for file in self._folder.glob("begun-*")]

    async def wait_until_begun(self, processes: int) -> None:
        """Return once this many processes have started."""
        async with asyncio.timeout(_PATIENCE):
            while len(self.begun()) < processes:  # noqa: ASYNC110 - another process signals it by a file
                await asyncio.sleep(0.01)

    def left(self) -> list[int]:
        """Return the processes that still exist, including zombies."""
        return [number for number in self.begun() if _exists(number)]


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
