"""Smart contact data: what is publicly known about a person or an organisation (S2)."""
