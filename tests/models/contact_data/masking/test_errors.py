"""How often masking errs, on phrases from public collections (tests/data/masking/SOURCES.md).

A contact is missed if a letter or digit of it can still be read, beside a sentence before or after it. An
innocent text is wronged if anything in it is masked.
"""

import csv
from pathlib import Path

import pytest

from tests.models.contact_data.support import mask_spans

DATA = Path(__file__).parents[3] / "data" / "masking"
# Of 1,000: missed contacts, and innocent texts masked in part. The second bound is for sentences that people
# wrote, the third for generated figures, such as VAT numbers with a wrong check digit.
BOUNDS = {
    "en": ("GB", 0, 0, 20),
    "de": ("DE", 0, 0, 70),
    "pl": ("PL", 0, 0, 90),
    "ro": ("RO", 0, 0, 90),
    "any": ("US", 35, 0, 90),
}
WRITTEN = ("Tatoeba", "UD_", "twitter-text")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def _sentences(language: str) -> list[str]:
    rows = _rows(f"innocent-{'en' if language == 'any' else language}.tsv")
    return [row["text"] for row in rows if row["source"] == "Tatoeba"]


@pytest.mark.parametrize("language", BOUNDS)
def test_few_contacts_are_missed(language: str) -> None:
    sentences = _sentences(language)
    missed, tried = [], 0
    for index, row in enumerate(_rows(f"contacts-{language}.tsv")):
        contact, sentence = row["contact"], sentences[index % len(sentences)]
        for text, start in ((f"{sentence} {contact}", len(sentence) + 1), (f"{contact}, {sentence}", 0)):
            spans = mask_spans(text, row["region"] or None)
            masked = {place for span in spans for place in range(span.start, span.end)}
            places = [at for at in range(start, start + len(contact)) if text[at].isalnum()]
            tried += 1
            if not masked.issuperset(places):
                missed.append((row["source"], contact))
    print(f"{language}: {len(missed)} of {tried} contacts missed", *missed, sep="\n  ")  # noqa: T201 - the figures
    assert len(missed) * 1000 <= BOUNDS[language][1] * tried


@pytest.mark.parametrize("language", BOUNDS)
def test_few_innocent_texts_are_masked(language: str) -> None:
    region, _, *bounds = BOUNDS[language]
    rows = _rows(f"innocent-{language}.tsv")
    for bound, written in zip(bounds, (True, False), strict=True):
        chosen = [row["text"] for row in rows if row["source"].startswith(WRITTEN) is written]
        wronged = [text for text in chosen if mask_spans(text, region)]
        what = "sentences" if written else "figures"
        print(f"{language}: {len(wronged)} of {len(chosen)} {what} masked", *wronged, sep="\n  ")  # noqa: T201 - the figures
        assert len(wronged) * 1000 <= bound * len(chosen)
