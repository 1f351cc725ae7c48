"""The rule engine: how rulesets are written, checked and decided."""
