"""Mutations of accounts, one a file."""
