"""Mutations of dispatches and preferences."""
