"""Deliveries and offers in the API."""
