"""SMS: the length of texts, and the requests and answers of providers, as pure functions."""
