"""Markets and policies in the API."""
