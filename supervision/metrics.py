"""Metrics of several processes of one parent, which prometheus-client keeps in a folder that they share.

Counters add up over all processes, those that have ended included: a process goes on with the files of one
that has ended. Otherwise each restart would leave files behind, which every request for metrics reads. A
gauge says how its values are combined.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from prometheus_client import CollectorRegistry, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from settings.errors import FolderError

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client reads it when it is imported
FOLDER = "metrics"  # below VAR_DIR
_LOCK = "place-{}.lock"  # held by the process that uses the files of a place
_held: list[int] = []  # open files, whose locks end with this process


def registry_of(folder: Path) -> CollectorRegistry:
    """Return the metrics of all processes that use this folder."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    return registry


def claim_place() -> None:
    """Use the first place in the parent's folder that no running process uses; without a parent, do nothing.

    Call it before any metric is made.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        return
    place, owner = _claimed(Path(folder)), os.getpid()

    def identifier() -> int:
        return place if os.getpid() == owner else os.getpid()  # a fork has files of its own

    values.ValueClass = values.MultiProcessValue(identifier)  # type: ignore[no-untyped-call]


def forget_ended(folder: Path) -> None:
    """Leave processes that have ended out of the gauges of those that are running."""
    for file in folder.glob(_LOCK.format("*")):
        handle = _try_lock(file)
        if handle is not None:
            _forget_gauges(folder, int(file.stem.rpartition("-")[2]))
            os.close(handle)


def _claimed(folder: Path) -> int:
    for place in itertools.count():
        handle = _try_lock(folder / _LOCK.format(place))
        if handle is not None:
            _held.append(handle)
            _forget_gauges(folder, place)
            return place
    raise AssertionError("there are always more places")


def _try_lock(file: Path) -> int | None:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _forget_gauges(folder: Path, place: int) -> None:
    mark_process_dead(place, str(folder))  # type: ignore[no-untyped-call]


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
