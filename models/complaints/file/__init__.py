"""Owns complaints as files: the template, what an uploaded file claims, and the answer.

It must not store, decide or look anything up: rows come in and go out as text.
"""

from models.complaints.file.answer import AnswerRow, write_answer
from models.complaints.file.errors import ClaimProblem
from models.complaints.file.reading import ClaimFile, read_claims
from models.complaints.file.rows import ClaimRow
from models.complaints.file.template import MEDIA_TYPES, TemplateFormat, TemplateRow, write_template
from models.tabular.kinds import MAX_BYTES, ClaimFormat

__all__ = [
    "MAX_BYTES",
    "MEDIA_TYPES",
    "AnswerRow",
    "ClaimFile",
    "ClaimFormat",
    "ClaimProblem",
    "ClaimRow",
    "TemplateFormat",
    "TemplateRow",
    "read_claims",
    "write_answer",
    "write_template",
]
