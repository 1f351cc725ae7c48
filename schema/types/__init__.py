"""Owns the types of the API, one noun a file; sources are the view objects of `models.views`.

It must not decide or query: an attribute is read, or a loader asked.
"""

import schema.types.complaint_enums
import schema.types.enums  # noqa: F401 - the vocabulary is described before a type uses it
