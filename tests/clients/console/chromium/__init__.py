"""The console in Chromium, against a server with the demo that runs trusted documents only."""
