"""Tests of the pool of connections: turns, limits of time, and outages."""
