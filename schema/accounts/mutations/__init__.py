"""Mutations of accounts, one per file."""
