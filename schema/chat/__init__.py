"""Chats of applications in the API."""
