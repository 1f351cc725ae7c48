"""Complaint files: templates, the claims in uploads, and answers. Rows come in and go out as text."""

from models.complaints.file.answer import AnswerRow, write_answer
from models.complaints.file.errors import FileRowProblem
from models.complaints.file.reading import FilledFile, read_filled_file
from models.complaints.file.rows import FilledRow
from models.complaints.file.template import MEDIA_TYPES, TemplateFormat, TemplateRow, write_template
from models.tabular.kinds import MAX_BYTES, TableFormat

__all__ = [
    "MAX_BYTES",
    "MEDIA_TYPES",
    "AnswerRow",
    "FileRowProblem",
    "FilledFile",
    "FilledRow",
    "TableFormat",
    "TemplateFormat",
    "TemplateRow",
    "read_filled_file",
    "write_answer",
    "write_template",
]
