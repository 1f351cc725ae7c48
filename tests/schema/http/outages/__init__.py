"""Tests of a database that is down, read-only, frozen, restarted, too slow, or a standby."""
