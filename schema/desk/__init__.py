"""The desk of each role and the health of the house in the API."""
