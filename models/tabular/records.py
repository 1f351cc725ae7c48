"""Splitting of text into CSV records (RFC 4180), such that one bad record does not spoil others.

Holds one record in memory.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from models.base.refusal import Sentence
from models.tabular.refusals import TableRefusal

# Each re-reading costs at most one record's length; a file full of stray quotes must not take quadratic time.
_MAX_REREADINGS = 1000


@dataclass(frozen=True, slots=True)
class SkippedRecord:
    """A record that could not be read, and why."""

    reason: Sentence[TableRefusal]


class _TooLong(Exception):  # noqa: N818 - never leaves this module
    pass


class RecordReader:
    """Iterates over (number from 1, fields or the reason); blank records are empty lists and count.

    `max_chars` limits a record. A quote that is never closed spoils only its own line: the lines after it are
    read again.
    """

    def __init__(self, text: TextIO, delimiter: str, max_chars: int) -> None:
        self._text = text
        self._delimiter = delimiter
        self._max_chars = max_chars
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._taken_chars = 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | SkippedRecord]]:
        rereadings = 0
        number = 0
        reader = self._reader()
        while True:
            self._taken.clear()
            self._taken_chars = 0
            number += 1
            record: list[str] | SkippedRecord
            try:
                record = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong) as error:
                lines = len(self._taken)
                again = lines > 1 and rereadings < _MAX_REREADINGS
                if again:
                    rereadings += 1
                    self._again.extendleft(reversed(self._taken[1:]))
                record = SkippedRecord(self._reason(error, number, lines, again=again))
                reader = self._reader()  # the previous one ended with its source
            yield number, record

    def _reason(self, error: Exception, number: int, lines: int, *, again: bool) -> Sentence[TableRefusal]:
        if lines > 1 and not again:
            return TableRefusal.ROWS_LOST_AFTER_QUOTE.sentence(row=number, lines=lines - 1)
        if lines > 1 or "unexpected end" in str(error):
            return TableRefusal.ROW_HAS_UNCLOSED_QUOTE.sentence(row=number)
        if isinstance(error, _TooLong):
            return TableRefusal.ROW_TOO_LONG.sentence(row=number, most=self._max_chars)
        return TableRefusal.ROW_HAS_TEXT_AFTER_QUOTE.sentence(row=number)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines(), delimiter=self._delimiter, strict=True, skipinitialspace=True)

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else self._text.readline(self._max_chars + 1)
            if not line:
                return
            self._taken.append(line)
            self._taken_chars += len(line)
            if self._taken_chars > self._max_chars:
                self._pass_over_rest(line)
                raise _TooLong
            yield line

    def _pass_over_rest(self, line: str) -> None:
        """Read to the end of a line that was cut off, so that the next line can be read."""
        if len(line) <= self._max_chars or line[-1] in "\r\n":
            return
        self._taken[-1] += "\n"
        while line and line[-1] not in "\r\n":
            line = self._text.readline(self._max_chars + 1)
