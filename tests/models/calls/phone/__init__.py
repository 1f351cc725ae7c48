"""Telephone systems: drivers, and the action that merges their events."""
