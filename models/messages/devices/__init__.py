"""Devices that get push messages: how they are registered, removed, and read for sending."""
