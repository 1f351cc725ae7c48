"""Background work: sweeps of due deadlines, clean-up and the nightly reconciliation."""
