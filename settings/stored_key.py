"""Keys that are generated once and stored in a file, for this user only."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path


def random_key() -> str:
    """Return a new key of 384 random bits."""
    return secrets.token_urlsafe(48)


def stored_key(path: Path, new: Callable[[], str] = random_key) -> bytes:
    """Return the key in a file; store a new one first if there is none. Raises `OSError`."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # created with mode 0600
            file.write(new().encode())
            file.flush()
            with contextlib.suppress(FileExistsError):  # atomic; the first of two processes wins
                os.link(file.name, path)
    return path.read_bytes()
