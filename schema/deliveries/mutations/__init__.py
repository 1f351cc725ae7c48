"""Mutations of deliveries, one a file."""
