"""Mutations of contacting."""
