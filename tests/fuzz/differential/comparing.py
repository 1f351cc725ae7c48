"""Asks random documents both ways and compares the answers, byte for byte."""

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.fuzz.differential.answers import Answer, Likeness, likeness
from tests.fuzz.differential.arguments import Arguments
from tests.fuzz.differential.document import Document, Spot
from tests.fuzz.differential.documents import Writer
from tests.fuzz.differential.market import LANGUAGES, MEDIA_TYPES, Asked, Market
from tests.fuzz.differential.ways import PLANNED, Counted, counting, plainly
from tests.support.schemas import SDL_SCHEMA

FAULTS = frozenset({"INTERNAL", "TIMEOUT", "UNAVAILABLE"})
BATCH = 25  # documents in one language
# Those who see more are asked more often.
_WEIGHTS = {"owner": 5, "operator": 5, "prospect": 4, "agent": 2, "rival": 2, "member": 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """A request that was answered differently."""

    number: int  # of the document
    asked: Asked
    product: Answer
    plain: Answer
    steady: bool  # whether plain graphql-core answers the same when it is asked again

    def __str__(self) -> str:
        asked, steady = (
            self.asked,
            "" if self.steady else ", which graphql-core does not answer the same twice",
        )
        rest = {name: value for name, value in asked.body.items() if name != "query"}
        return (
            f"document {self.number} as {asked.viewer} in {asked.language}, {asked.accept}{steady}:\n"
            f"{asked.body['query']}\n{json.dumps(rest)}\n"
            f"product: {_shown(self.product, self.plain)}\nplain:   {_shown(self.plain, self.product)}"
        )


def _shown(one: Answer, other: Answer) -> str:
    """An answer from shortly before the first difference."""
    mine, theirs = (f"{answer.status} {answer.headers} {answer.body.decode()}" for answer in (one, other))
    pairs = enumerate(zip(mine, theirs, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    return f"… {mine[max(at - 200, 0) : at + 300]}"


@dataclass(slots=True)
class Report:
    """What was asked, and how it was answered."""

    documents: int = 0
    requests: int = 0
    clean: int = 0  # answers without an error
    partial: int = 0  # answers with data and errors
    asked: Counter[Spot] = field(default_factory=Counter)  # by the documents
    counted: Counted = field(default_factory=Counted)
    codes: Counter[str] = field(default_factory=Counter)  # of errors
    viewers: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    likeness: Counter[Likeness] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # requests that failed inside, both ways

    def lines(self, reachable: frozenset[Spot]) -> Iterator[str]:
        """Return the report as text."""
        share = self.clean / max(self.requests, 1)
        yield f"{self.documents:,} documents, {self.requests:,} requests, each asked both ways"
        partial = self.partial / max(self.requests, 1)
        yield f"{share:.1%} of the answers have no error, {partial:.1%} have errors and data"
        yield f"{self.bytes / max(self.requests, 1):,.0f} bytes an answer"
        found = reachable & self.counted.plain.keys()
        yield f"{len(reachable & self.asked.keys())} of {len(reachable)} fields asked, {len(found)} resolved"
        counted = self.counted
        yield f"{counted.share:.1%} of the fields resolved without graphql-core by the product"
        yield f"{counted.planned:,} of {counted.asked:,} answers of the product by plans of documents"
        rows = [f"{name} {count:,}" for name, count in counted.rows.most_common()]
        yield f"lists that plans read as rows: {', '.join(rows)}"
        codes = [f"{code} {count:,}" for code, count in self.codes.most_common()]
        yield f"asked as {', '.join(f'{viewer} {count:,}' for viewer, count in self.viewers.most_common())}"
        yield f"answers with errors: {', '.join(codes)}"
        yield ", ".join(f"{self.likeness[kind]:,} {kind}" for kind in Likeness)
        yield f"{len(self.faults)} faults"


class Comparison:
    """One run with a seed: the same seed asks the same on the same code."""

    def __init__(self, market: Market, seed: int, favoured: frozenset[str] = PLANNED) -> None:
        """Start with an empty report; a third of the documents have only `favoured` fields of the root."""
        self._market = market
        self.seed = seed
        self.report = Report()
        self.writer = Writer(SDL_SCHEMA, Arguments(market.known), self.report.counted.plain, favoured)

    async def run(self, documents: int, *, first: int = 0, everything: bool = True) -> Report:
        """Ask random documents from number `first` on, and one about each field that none of them asked."""
        numbers = itertools.count(first)
        language = ""
        for number in itertools.islice(numbers, documents):
            random = Random(f"{self.seed} {number}")
            language = await self._speak(number, language)
            await self._ask(number, language, self.writer.document(random), random)
        if everything:
            random = Random(f"{self.seed} everything")
            for number, document in zip(numbers, self.writer.missing(random), strict=False):
                language = await self._speak(number, language)
                await self._ask(number, language, document, random)
        return self.report

    async def _speak(self, number: int, spoken: str) -> str:
        language = LANGUAGES[number // BATCH % len(LANGUAGES)]
        if language != spoken:
            await self._market.speak(language)
        return language

    async def _ask(self, number: int, language: str, document: Document, random: Random) -> None:
        """Ask one document as a few viewers, with other variables each time."""
        self.report.documents += 1
        self.report.asked.update(document.spots)
        denied, roots = self._market.denied, document.roots
        viewers = list(self._market.tokens)
        if random.random() < 0.9:
            viewers = [viewer for viewer in viewers if not denied[viewer] & roots] or viewers
        weights = [_WEIGHTS.get(viewer, 1) for viewer in viewers]
        again = False
        for viewer in random.choices(viewers, weights, k=random.choice((1, 1, 2, 3))):
            body: dict[str, object] = {"query": document.text}
            variables = document.variables(random)
            if variables or random.random() < 0.5:
                body["variables"] = variables
            if document.operations and (len(document.operations) > 1 or random.random() < 0.7):
                name = random.choice(document.operations)
                body["operationName"] = "Nothing" if random.random() < 0.03 else name
            await self.compare(number, Asked(viewer, body, language, random.choice(MEDIA_TYPES)), again=again)
            again = True

    async def compare(self, number: int, asked: Asked, *, again: bool = False) -> None:
        """Ask for one answer both ways; of the product three times unless the document was asked before
        (`again`): then it has a plan, and may recall the viewer.
        """
        answers = [await self._product(asked) for _ in range(1 if again else 3)]
        plain = await self._plain(asked)
        self._note(asked, plain)
        for product in answers:
            await self._judge(number, asked, product, plain)

    async def _judge(self, number: int, asked: Asked, product: Answer, plain: Answer) -> None:
        found = likeness(product, plain)
        self.report.likeness[found] += 1
        if found is not Likeness.DIFFERENT:
            return
        steady = await self._plain(asked) == plain
        difference = Difference(number, asked, product, plain, steady=steady)
        self.report.differences.append(difference)

    async def _product(self, asked: Asked) -> Answer:
        with counting(self.report.counted):
            return await self._market.ask(asked)

    async def _plain(self, asked: Asked) -> Answer:
        with plainly(self._market.schema, self.report.counted):
            return await self._market.ask(asked)

    def _note(self, asked: Asked, answer: Answer) -> None:
        report, body = self.report, json.loads(answer.body)
        report.requests += 1
        report.viewers[asked.viewer] += 1
        report.bytes += len(answer.body)
        errors = body.get("errors", [])
        report.clean += not errors
        report.partial += bool(errors and body.get("data"))
        codes = {error.get("extensions", {}).get("code", "none") for error in errors}
        report.codes.update(codes)
        if not codes.isdisjoint(FAULTS):
            report.faults.append(
                f"as {asked.viewer}: {json.dumps(asked.body)}\n{answer.body.decode()[:1_000]}"
            )
