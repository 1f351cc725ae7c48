"""Stored files in the API."""
