"""Files of employees, both ways: the words of their columns, reading a row, and writing all rows."""
