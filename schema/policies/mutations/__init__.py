"""Mutations of policies, one per file."""
