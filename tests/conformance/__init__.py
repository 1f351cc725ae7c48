"""Third-party audits, compilers and clients, run by Node, that check the API from outside.

They use only its address, its SDL, the documents in `examples/operations/` and the pages of `clients/`.
"""
