"""Mutations of complaints, one per file."""
