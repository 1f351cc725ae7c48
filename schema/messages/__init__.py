"""Dispatches and preferences of messages in the API."""
