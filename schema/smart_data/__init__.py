"""Smart contact data in the API."""
