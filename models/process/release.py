"""What is running: the version of the release, and a fingerprint of its code."""

from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("cli", "embedded", "jobs", "models", "rules", "schema", "settings", "supervision")
_DIGITS = 12


@cache
def version() -> str:
    """Return the version of the release, such as 0.1.0."""
    return metadata.version("leadgate")


def program(command: str) -> str:
    """Return the name that PostgreSQL shows for a process's connections, such as `leadgate/0.1.0 serve`."""
    return f"leadgate/{version()} {command}"


@cache
def build() -> str:
    """Return a fingerprint of the code, 12 hexadecimal digits, which differs if the code differs.

    Reads all source files once, which takes a few milliseconds, before the server serves requests.
    """
    found = sha256()
    for path in sorted(
        path for name in _PACKAGES for kind in ("*.py", "*.graphql") for path in (_ROOT / name).rglob(kind)
    ):
        found.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:_DIGITS]
