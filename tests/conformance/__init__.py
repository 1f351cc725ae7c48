"""Third-party audits, compilers and clients, run by Node, that check the API from outside.

They use only its address, its SDL and the documents in `examples/operations/`.
"""
