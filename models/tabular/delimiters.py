"""The delimiter of a CSV file: from a first line `sep=;`, as Excel writes it, else found in a sample."""

import csv
import io
import re
from collections.abc import Callable, Sequence

DELIMITERS: tuple[str, ...] = (",", ";", "\t", "|")
_DECLARED = re.compile(r'"?sep=([,;\t|])"?(?:[\r\n]|\Z)', re.IGNORECASE)  # some programs quote it
SAMPLE_CHARS = 64 * 1024
_SAMPLE_RECORDS = 10


def _none(_: Sequence[str]) -> int:
    return 0


def find_delimiter(sample: str, *, complete: bool, recognised: Callable[[Sequence[str]], int] = _none) -> str:
    """Return the delimiter that yields the most known headings in the first records, else the most columns.

    `complete` says that the sample is the whole text; otherwise its last record may have been cut off.
    """
    if declared := _DECLARED.match(sample):
        return declared[1]
    return max(DELIMITERS, key=lambda each: _fit(sample, each, complete, recognised))


def _fit(
    sample: str, delimiter: str, complete: bool, recognised: Callable[[Sequence[str]], int]
) -> tuple[int, bool, int]:
    """Return how many headings are known, whether the records have equally many columns, and how many."""
    known, counts = 0, list[int]()
    try:
        text = io.StringIO(sample, newline="")
        for record in csv.reader(text, delimiter=delimiter, skipinitialspace=True):
            if record:
                counts.append(len(record))
                known = max(known, recognised(record))
            if len(counts) > _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    if not complete and len(counts) <= _SAMPLE_RECORDS:
        counts = counts[:-1] or counts  # the sample may have cut the last one
    if not counts or counts[0] < 2:
        return known, False, max(counts, default=0) if known else 0
    return known, all(count == counts[0] for count in counts), counts[0]
