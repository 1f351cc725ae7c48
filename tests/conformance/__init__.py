"""Owns what judges the API from outside: other people's audit, compilers and clients, run by Node.

Must not know how the API is made, only its address, its SDL and the documents in `examples/operations/`.
"""
