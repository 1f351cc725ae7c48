"""Contacting in the API: permissions, stops, attempts and advice."""
