"""Subscriptions to feeds, one a file."""
