"""The command `leadgate`."""
