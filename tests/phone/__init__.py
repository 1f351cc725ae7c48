"""`make phone`: one call by SIP phones through a real Asterisk and the bridge. Not part of `make test`."""
