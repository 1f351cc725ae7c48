"""Keys that are generated once and stored in a file, for this user only."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def stored_key(path: Path) -> bytes:
    """Return the key in a file; generate it first if there is none. Raises `OSError`."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # created with mode 0600
            file.write(secrets.token_urlsafe(48).encode())
            file.flush()
            with contextlib.suppress(FileExistsError):  # atomic; the first of two processes wins
                os.link(file.name, path)
    return path.read_bytes()
