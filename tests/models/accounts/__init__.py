"""Tests of signing in: passwords, tokens, sessions, limits and external issuers."""
