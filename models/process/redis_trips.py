"""Commands to Redis that share round trips: one connection, and one trip at a time.

A command that arrives during a trip is sent with the others that do, once the trip has ended: under load many
commands cost little more than one.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from redis.asyncio import Redis
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import NoScriptError, ResponseError

from models.process.redis_health import RedisAway, RedisHealth

Command = Sequence[str | int]


class RedisTrips:
    """The commands that wait, and the connection that they use."""

    def __init__(self, redis: Redis, health: RedisHealth) -> None:
        """Take the client whose pool has the connection, and what this process knows about Redis."""
        self._redis, self._health = redis, health
        self._connection: AbstractConnection | None = None
        self._waiting: list[tuple[Command, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    def ask(self, *command: str | int) -> "asyncio.Future[Any]":
        """Send a command with the next trip; return its answer, or `NoScriptError` as an answer.

        Raises `RedisAway`, also if Redis refuses another command of the same trip.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((command, answer))
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._travel())
        return answer

    async def _travel(self) -> None:
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            try:
                answers = await self._trip([command for command, _ in waiting])
            except BaseException as error:
                for _, future in waiting:
                    if not future.done():
                        future.set_exception(error if isinstance(error, RedisAway) else RedisAway("trip"))
                if not isinstance(error, RedisAway):
                    raise
            else:
                for (_, future), answer in zip(waiting, answers, strict=True):
                    if not future.done():  # nobody waits for it any more
                        future.set_result(answer)

    async def _trip(self, commands: Sequence[Command]) -> list[Any]:
        if self._health.is_away:  # since the trip before
            raise RedisAway("since the trip before")
        return await self._health.ask(partial(self._send, commands))

    async def _send(self, commands: Sequence[Command]) -> list[Any]:
        connection, is_new = self._connection, False
        if connection is None:
            connection, is_new = await self._connect(), True
        try:
            return await _exchange(connection, commands)
        except Disconnected:
            if is_new:
                raise
            # Redis has closed it since the last trip, for example because it was restarted.
            return await _exchange(connection, commands)

    async def _connect(self) -> AbstractConnection:
        """Take a connection for as long as the client's pool exists, which closes it."""
        connection: AbstractConnection = await self._redis.connection_pool.get_connection()
        connection.socket_timeout = None  # `RedisHealth.ask` has one
        self._connection = connection
        return connection


async def _exchange(connection: AbstractConnection, commands: Sequence[Command]) -> list[Any]:
    """Send commands, which connects again if need be, and read their answers. On other errors than those
    of Redis, also if it is cancelled, the client closes the connection.
    """
    await connection.send_packed_command(b"".join(map(_packed, commands)), check_health=False)
    answers: list[Any] = []
    wrong: ResponseError | None = None
    for _ in commands:
        try:
            answers.append(await connection.read_response())
        except NoScriptError as error:
            answers.append(error)
        except ResponseError as error:
            wrong = error
    if wrong is not None:
        raise wrong
    return answers


def _packed(command: Command) -> bytes:
    """Return a command in the protocol of Redis: redis-py's own writer takes several times as long."""
    words = [str(word).encode() for word in command]
    return b"*%d\r\n" % len(words) + b"".join([b"$%d\r\n%b\r\n" % (len(word), word) for word in words])


_TRIPS: WeakKeyDictionary[Redis, WeakKeyDictionary[RedisHealth, RedisTrips]] = WeakKeyDictionary()


def trips_of(redis: Redis, health: RedisHealth) -> RedisTrips:
    """Return the trips to Redis with this client."""
    by_health = _TRIPS.get(redis)
    if by_health is None:
        by_health = _TRIPS[redis] = WeakKeyDictionary()
    trips = by_health.get(health)
    if trips is None:
        trips = by_health[health] = RedisTrips(redis, health)
    return trips
