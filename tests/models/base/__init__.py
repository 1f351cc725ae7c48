"""Tests of the connection pool: turns, time limits and outages."""
