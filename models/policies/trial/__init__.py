"""Trials of drafts on the log of decisions: recorded facts are decided anew, and nothing is changed."""
