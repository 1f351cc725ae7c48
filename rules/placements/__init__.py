"""Rulesets of what is shown to whom: one for applications, one for complaints."""
