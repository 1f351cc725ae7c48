"""Subscriptions to feeds: one reader per process, a buffer per subscriber, and checks of rights over time."""
