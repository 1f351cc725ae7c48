"""Background work: sweeps of due deadlines, sending, clean-up and the nightly reconciliation."""
