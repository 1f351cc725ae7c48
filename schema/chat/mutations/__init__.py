"""Mutations of chats, one per file."""
