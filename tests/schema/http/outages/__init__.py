"""Tests of a database that is away, read-only, frozen, restarted, too slow, or a standby."""
