"""Points in the API."""
