"""The console: a page for vendors, prospects and operators, served at `/console/` from the files in `built/`.

`README.md` says how the files are built. All of them are read once, when the server starts.
"""

from clients.console.serving import DOCUMENTS, BuildHeader, console_routes

__all__ = ["DOCUMENTS", "BuildHeader", "console_routes"]
