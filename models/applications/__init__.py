"""Applications for leads: submission, answers, automatic reveals, and meetings."""
