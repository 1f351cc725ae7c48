"""Mutations of smart contact data."""
