"""Public sources that are asked about a domain or an address, one a file."""
