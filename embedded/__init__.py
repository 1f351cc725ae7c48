"""Owns PostgreSQL and Valkey for machines that have neither: run from the installed wheels, below `var/`.

Must not touch servers that it did not start, nor know anything of the application.
"""

from embedded.errors import EmbeddedError, MendableError
from embedded.services import Services, address, find, start

__all__ = ["EmbeddedError", "MendableError", "Services", "address", "find", "start"]
