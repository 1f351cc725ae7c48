"""Clients of the API; those in other languages have folders of their own."""
