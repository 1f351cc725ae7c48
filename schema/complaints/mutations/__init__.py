"""Mutations of complaints, one a file."""
