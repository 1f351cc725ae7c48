"""Rulesets of sending: whether a dispatch is sent, whether it is repeated, what a bounce means,
whether a webhook endpoint is disabled."""
