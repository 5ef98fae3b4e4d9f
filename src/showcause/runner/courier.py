"""The process that speaks with Ray: items come down a socket, are done on the cluster, and their frames go back up.

On the cluster an actor for each CPU keeps one worker of our own, so that the same limits and the same words hold there
as here, and nothing that an item does can reach the actor. What Ray loses (an actor, a machine) is done again.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import socket
import struct
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from showcause.runner.outcome import Bounds, packed
from showcause.runner.pool import Pool, Task
from showcause.runner.worker import GRACE, LAST, hold, receive, send

ID = struct.Struct("!Q")
REPLY, STAFF, FAILED = b"r", b"n", b"x"  # what a courier says: a frame, how many work, why it gives up
_CHANCES = 3  # times that an item is begun whose worker Ray lost; nothing that an item does loses one
_EACH = 2  # items given to each actor: one at work, one beside it
_HEAVY = 1 << 16  # bytes from which an item goes through the object store
_COUNT = 2.0  # seconds between two looks at how many CPUs there are
_PATIENCE = 0.02  # seconds that new items may lie while the courier waits for results
_ANSWER = 20.0  # seconds that an actor may take to say whether it is alive
_FREE = 120.0  # seconds until a first CPU of the cluster must have come free


class Hand:
    """One CPU of the cluster: an actor that keeps one worker and gives it one item after the other."""

    def __init__(self, packed_step: bytes, bounds: tuple[int, float, int, int]) -> None:
        self._pool = Pool(packed_step, Bounds(*bounds))
        self._one = threading.Lock()

    def do(self, item: bytes) -> bytes:
        """The frame that says what came of a pickled item."""
        task = Task(None, packed=item)
        with self._one:
            self._pool.put(task)
            while task.frame is None:
                self._pool.turn()
        return bytes(task.frame)

    def rest(self) -> float:
        """Seconds since its worker last made progress."""
        return time.monotonic() - self._pool.pulse


@dataclass(slots=True)
class _Call:
    """An item under way; `held` is its bytes or the reference under which the object store has them."""

    number: int
    held: Any
    begun: int = 0
    hand: _Hand | None = None


@dataclass(slots=True, eq=False)
class _Hand:
    """An actor as the courier sees it; `asked` is the question whether it lives, `heard` when it last said anything."""

    actor: Any
    heard: float
    load: int = 0
    ready: bool = False
    asked: Any = None


class _GiveUp(Exception):
    pass


def serve() -> None:
    """The courier's whole life; its socket and its lifeline are the numbers on the command line."""
    pipe = socket.socket(fileno=int(sys.argv[1]))
    hold(int(sys.argv[2]))
    hello = pickle.loads(receive(pipe))  # noqa: S301 - from the parent, over its own socket
    os.chdir(os.environ["TMPDIR"])  # Ray packs what it ships in the working folder
    try:
        ray = _connected(hello)
        _Courier(ray, pipe, hello).work()
    except _GiveUp as why:
        send(pipe, FAILED + " ".join(str(why).split())[:600].encode())
    except (BrokenPipeError, ConnectionResetError):
        return
    with suppress(Exception):
        ray.shutdown()


def _connected(hello: dict[str, Any]) -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault(
        "RAY_gcs_server_request_timeout_seconds", "10"
    )  # Ray's own minute is long for a wrong address
    import ray

    try:
        ray.init(
            address=hello["address"],
            runtime_env={"py_modules": hello["modules"]},
            log_to_driver=False,
            logging_level=logging.CRITICAL,
        )
    except Exception as refused:
        raise _GiveUp(_advice(str(refused))) from refused
    return ray


def _advice(said: str) -> str:
    return (
        f"can't join the cluster ({said}); this machine must be a node of it (ray start --address HOST:PORT "
        "--num-cpus 0 makes it one) and RAY_AUTH_TOKEN_PATH must name its token"
    )


class _Courier:
    """Items, actors and calls, and the loop that brings them together."""

    def __init__(self, ray: Any, pipe: socket.socket, hello: dict[str, Any]) -> None:
        self._ray = ray
        self._pipe = pipe
        self._bounds = Bounds(*hello["bounds"])
        self._hired = (hello["step"], hello["bounds"])
        self._actor = ray.remote(num_cpus=1, max_concurrency=_EACH + 1)(Hand)
        self._hands: list[_Hand] = []
        self._calls: dict[Any, _Call] = {}
        self._questions: dict[Any, _Hand] = {}
        self._waiting: deque[_Call] = deque()
        self._coming: queue.SimpleQueue[bytearray | None] = queue.SimpleQueue()
        self._news = threading.Event()
        self._counted = 0.0
        self._begun = time.monotonic()
        self._done = 0
        self._failed_starts = 0

    def work(self) -> None:
        """Until the parent closes the socket."""
        threading.Thread(target=self._read, daemon=True).start()  # so that neither side waits for the other to read
        while self._take():
            self._staff()
            self._hand_out()
            self._collect()
            self._watch()

    def _take(self) -> bool:
        """Take all items that have come; whether there may be more."""
        while not self._coming.empty():
            frame = self._coming.get()
            if frame is None:
                return False
            (number,) = ID.unpack(memoryview(frame)[: ID.size])
            self._waiting.append(_Call(number, bytes(memoryview(frame)[ID.size :])))
        return True

    def _read(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._coming.put(receive(self._pipe))
                self._news.set()
        self._coming.put(None)

    def _staff(self) -> None:
        """An actor for each CPU that the cluster has now."""
        now = time.monotonic()
        if now - self._counted < _COUNT:
            return
        self._counted = now
        cpus = int(self._ray.cluster_resources().get("CPU", 0))
        while len(self._hands) < cpus:
            hand = _Hand(self._actor.remote(*self._hired), now)
            self._hands.append(hand)
            self._ask(hand)
        if not any(hand.ready for hand in self._hands) and now - self._begun > _FREE:
            raise _GiveUp(f"none of its {cpus} CPUs came free within {_FREE:g} s")
        self._tell_staff()

    def _tell_staff(self) -> None:
        send(self._pipe, STAFF + ID.pack(sum(hand.ready for hand in self._hands)))

    def _ask(self, hand: _Hand) -> None:
        hand.asked = hand.actor.rest.remote()
        self._questions[hand.asked] = hand

    def _hand_out(self) -> None:
        while self._waiting:
            free = [hand for hand in self._hands if hand.ready and hand.load < _EACH]
            if not free:
                return
            hand = min(free, key=lambda one: one.load)
            call = self._waiting.popleft()
            if isinstance(call.held, bytes) and len(call.held) > _HEAVY:
                call.held = self._ray.put(call.held)
            call.hand, call.begun = hand, call.begun + 1
            if not hand.load:
                hand.heard = time.monotonic()
            hand.load += 1
            self._calls[hand.actor.do.remote(call.held)] = call

    def _collect(self) -> None:
        """Wait a moment for whatever comes, then take all that has."""
        open_refs = [*self._calls, *self._questions]
        if not open_refs:
            self._news.wait(_PATIENCE * 5)
            self._news.clear()
            return
        ready, _ = self._ray.wait(open_refs, num_returns=1, timeout=_PATIENCE, fetch_local=True)
        if ready and len(open_refs) > 1:
            ready, _ = self._ray.wait(open_refs, num_returns=len(open_refs), timeout=0)
        for ref in ready:
            if ref in self._calls:
                self._answered(ref, self._calls.pop(ref))
            elif ref in self._questions:
                self._alive(ref, self._questions.pop(ref))

    def _answered(self, ref: Any, call: _Call) -> None:
        hand = call.hand
        try:
            frame = self._ray.get(ref)
        except self._ray.exceptions.RayError as lost:
            self._dismiss(hand)
            self._once_more(call, str(getattr(lost, "cause", None) or lost))
            return
        self._done += 1
        if hand is not None:
            hand.load, hand.heard = hand.load - 1, time.monotonic()
        send(self._pipe, REPLY + ID.pack(call.number) + frame)

    def _once_more(self, call: _Call, said: str) -> None:
        if call.begun < _CHANCES:
            self._waiting.appendleft(call)
            return
        if not self._done:
            raise _GiveUp(f"its workers can't do the step: {said}")
        frame = packed((None, f"the worker that had it was lost {_CHANCES} times"), LAST, self._bounds)
        send(self._pipe, REPLY + ID.pack(call.number) + frame)

    def _alive(self, ref: Any, hand: _Hand) -> None:
        try:
            self._ray.get(ref)
        except self._ray.exceptions.RuntimeEnvSetupError as refused:
            raise _GiveUp(f"can't bring showcause to its workers: {refused}") from refused
        except self._ray.exceptions.RayError as lost:
            self._dismiss(hand)
            if hand.ready:
                return
            self._failed_starts += 1
            if self._failed_starts > 3 + len(self._hands) and not self._done:
                raise _GiveUp(f"its workers don't start: {lost}") from lost
            return
        hand.heard, hand.asked = time.monotonic(), None
        if not hand.ready:
            hand.ready = True
            self._tell_staff()

    def _watch(self) -> None:
        """Ask an actor that has been silent for longer than its item may take; dismiss one that doesn't answer."""
        now = time.monotonic()
        for hand in [hand for hand in self._hands if hand.ready and hand.load]:
            silent = now - hand.heard - self._bounds.seconds - 2 * GRACE
            if silent > 0 and hand.asked is None:
                self._ask(hand)
            elif silent > _ANSWER and hand.asked is not None:
                self._dismiss(hand)

    def _dismiss(self, hand: _Hand | None) -> None:
        """Be done with an actor; what it had comes back from Ray as lost."""
        if hand is None or hand not in self._hands:
            return
        self._hands.remove(hand)
        with suppress(Exception):
            self._ray.kill(hand.actor)
        self._counted = 0.0
