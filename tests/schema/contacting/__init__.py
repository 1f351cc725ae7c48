"""Contacting by the API."""
