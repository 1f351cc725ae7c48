"""Amounts that depend on variables: sums of products, shared between the sums that use them.

Shared sums are stored in order of creation, parts first, so that each is evaluated only once.
"""

from collections.abc import Sequence

from schema.graphql.limits.sizes import Size, Variables


class Amount:
    """A constant plus terms `size x amount`; without terms, it does not depend on variables."""

    __slots__ = ("constant", "place", "terms")

    def __init__(self) -> None:
        """Start empty."""
        self.constant = 0
        self.terms: list[tuple[Size, Amount]] = []
        self.place = -1

    def add(self, part: "Amount", size: Size = 1) -> None:
        """Add a finished part, multiplied by `size`."""
        if isinstance(size, int) and not part.terms:
            self.constant += size * part.constant
        elif part.terms or part.constant:
            self.terms.append((size, part))


def finish(amount: Amount, steps: list[Amount]) -> Amount:
    """Place an amount after its parts, if it depends on variables."""
    if amount.terms:
        amount.place = len(steps)
        steps.append(amount)
    return amount


def evaluate(amount: Amount, steps: Sequence[Amount], variables: Variables) -> int:
    """Return an amount for these variables; each step is evaluated once."""
    if not amount.terms:
        return amount.constant
    values: list[int] = []
    for step in steps[: amount.place + 1]:
        total = step.constant
        for size, part in step.terms:
            number = size if isinstance(size, int) else size.read(variables)
            total += number * (values[part.place] if part.terms else part.constant)
        values.append(total)
    return values[amount.place]
