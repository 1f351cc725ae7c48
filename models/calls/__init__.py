"""The phone secretariat: a company's set-up for its calls, its employees, and who gets a call when."""
