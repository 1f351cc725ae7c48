"""Metrics of several processes of one parent, which prometheus-client keeps in a folder that they share.

Counters add up over all processes, those that have ended included. A gauge says how its values are combined.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from settings.errors import FolderError

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client reads it when it is imported
FOLDER = "metrics"  # below VAR_DIR


def registry_of(folder: Path) -> CollectorRegistry:
    """Return the metrics of all processes that use this folder."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    return registry


def mark_dead(folder: Path, pid: int) -> None:
    """Leave a process that has ended out of the gauges of those that are running."""
    mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


@contextmanager
def folder_for_processes(var_dir: Path) -> Iterator[Path]:
    """Make a folder for the values of several processes, which is deleted afterwards.

    Folders of parents that were killed are deleted, too: nobody holds their lock. Raises `FolderError`.
    """
    try:
        folder, lock = _make(var_dir / FOLDER)
    except OSError as error:
        raise FolderError(f"VAR_DIR: cannot store metrics in {var_dir}: {error.strerror}") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(lock)


def _make(above: Path) -> tuple[Path, int]:
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    guard = _lock(above)  # no parent deletes what another has only begun to make
    try:
        for left in above.iterdir():
            _delete_if_left(left)
        folder = Path(tempfile.mkdtemp(dir=above))
        return folder, _lock(folder)
    finally:
        os.close(guard)


def _lock(folder: Path, how: int = LOCK_EX) -> int:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        flock(handle, how)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _delete_if_left(folder: Path) -> None:
    try:
        handle = _lock(folder, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return  # its parent is running
    shutil.rmtree(folder)
    os.close(handle)
