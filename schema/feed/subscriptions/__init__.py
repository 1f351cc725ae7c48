"""Subscriptions to feeds, one per file."""
