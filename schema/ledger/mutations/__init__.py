"""Mutations of ledger, one a file."""
