"""Files of channels without a provider: written as a whole, readable by their owner only."""

import asyncio
import os
import tempfile
from datetime import datetime
from pathlib import Path

from models.messages.channels.channel import Code, Result
from rules.messages.retry import DispatchOutcome


def file_name(started: datetime, *parts: str, suffix: str) -> str:
    """Return the name of a message's file, the same at each attempt."""
    return "-".join([f"{started:%Y%m%dT%H%M%S.%f}", *parts]) + suffix


async def write_message(path: Path, content: bytes) -> Result:
    """Write the file of a message; a full disk is a temporary failure."""
    try:
        await asyncio.to_thread(write_whole, path, content)
    except OSError as error:
        return Result(DispatchOutcome.TEMPORARY, Code.NOT_WRITTEN, f"errno {error.errno}")
    return Result(DispatchOutcome.ACCEPTED, Code.WRITTEN)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as a whole, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.parent.stat().st_mode & 0o077:  # a folder of before
        path.parent.chmod(0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
