"""Mutations of leads, one a file."""
