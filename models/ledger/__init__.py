"""Points: accounts of the ledger and movements between them."""
