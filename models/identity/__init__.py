"""Owns who somebody is: tokens of ours and of external issuers, tries to sign in, users.

It must not decide what somebody may do: actions and views do, from the viewer.
"""
