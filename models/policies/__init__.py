"""Markets, versions of their policies, public holidays and the log of decisions."""
