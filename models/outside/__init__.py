"""The one way to addresses that somebody else chose: a guarded HTTP transport, DNS, and bounded reading.

Nothing else in Leadgate opens a connection to such an address; an import contract checks this.
"""
