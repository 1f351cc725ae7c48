"""Mutations of deliveries, one per file."""
