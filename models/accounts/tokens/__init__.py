"""Access tokens, our own and those of external issuers."""
