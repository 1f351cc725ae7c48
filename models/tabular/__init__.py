"""Tables that somebody else wrote, as CSV, XLSX, XLS or ODS: what they are, and their cells as text."""
