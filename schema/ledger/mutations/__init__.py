"""Mutations of the ledger, one per file."""
