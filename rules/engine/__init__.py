"""How a ruleset is written, checked, decided and proven."""
