"""Mutations of leads, one per file."""
