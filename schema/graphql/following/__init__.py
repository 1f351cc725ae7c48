"""How subscriptions follow feeds: one reader a process, a buffer a subscriber, rights while it runs."""
