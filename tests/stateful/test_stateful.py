"""B.4: after any sequence of steps, the product agrees with a model in plain Python. No test sleeps."""

import asyncio

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import Machine
from tests.support.database import Database

SETTINGS = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
)


def test_the_product_and_the_model_agree(database: Database, loop: asyncio.AbstractEventLoop) -> None:
    """Random sequences of all actions, clock advances and sweeps."""

    class Here(Machine):
        pass

    Here.loop, Here.database = loop, database
    run_state_machine_as_test(Here, settings=SETTINGS)
