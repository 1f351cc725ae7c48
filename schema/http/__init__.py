"""How the API is reached: the endpoint, sockets, downloads, probes and the limits of connections."""
