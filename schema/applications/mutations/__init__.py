"""Mutations of applications, one per file."""
