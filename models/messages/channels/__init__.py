"""Channels: one adapter per file, each with the form that it gives to what a message says."""
