"""Mutations of notifications, one a file."""
