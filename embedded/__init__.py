"""Embedded PostgreSQL and Valkey for machines without them, run from the installed wheels under `var/`."""

from embedded.services import Services, address, find, start

__all__ = ["Services", "address", "find", "start"]
