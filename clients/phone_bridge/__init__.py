"""A bridge between Leadgate and Asterisk 20 or later: a client of the API, apart from the server."""
