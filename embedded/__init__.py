"""Embedded PostgreSQL and Valkey for machines without them, run from the installed wheels under `var/`."""

from embedded.errors import EmbeddedError, MendableError
from embedded.services import Services, address, find, start

__all__ = ["EmbeddedError", "MendableError", "Services", "address", "find", "start"]
