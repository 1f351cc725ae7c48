"""Clients of the API that are written in Python."""
