"""GraphQL types, queries and mutations of the phone secretariat."""
