"""Mutations of notifications, one per file."""
