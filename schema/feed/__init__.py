"""Notifications and reveals in the API."""
