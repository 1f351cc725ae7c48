"""The console: what is built and served, and in `chromium` what it does in a browser."""
