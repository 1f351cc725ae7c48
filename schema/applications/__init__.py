"""Applications in the API."""
