"""API reference: static pages generated from the SDL, the error registries and the Markdown documents.

A development tool, run by `make docs`: it is not part of the wheel, and nothing else imports it.
"""
