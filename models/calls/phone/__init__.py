"""Telephone systems: one driver for each reads its events, and one action merges them into calls."""
