"""Versions of the libraries that plans were proved against: with others, everything is executed as usual.

A plan repeats what graphql-core and Strawberry do with a document. After an upgrade, run
`tests/schema/graphql/test_document_plans.py` with the new versions, then change them here.
"""

from importlib.metadata import version

import structlog

PROVED = {"graphql-core": "3.3.2", "strawberry-graphql": "0.341.2"}


def proved() -> bool:
    """Return whether the installed versions are those; log those that are not."""
    others = {name: found for name, tested in PROVED.items() if (found := version(name)) != tested}
    if others:
        structlog.get_logger(__name__).warning("plans_off", installed=others, proved=PROVED)
    return not others
