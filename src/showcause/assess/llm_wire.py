"""An endpoint and a payload in, the body of its answer out; or why there is none, in a few words.

Nothing is sent but to the host that was named: a redirect elsewhere is refused, and no proxy is used. Each request has
a time limit for all of it, a limit of size, and a bounded number of tries.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from showcause.errors import BadInput

MOST_ANSWER = 1 << 20  # bytes
LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
KEPT_METHOD = frozenset({307, 308})  # RFC 9110, 15.4.8 and 15.4.9: the request is made again as it was
MOST_SECONDS = 3600.0  # of one try
LONGEST_WAIT = 20.0  # seconds before another try, whatever the endpoint asks for


class Refused(Exception):
    """There is no answer; `again` tells whether another try may bring one, after `wait` seconds."""

    def __init__(self, reason: str, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait = reason, again, wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service: its URL up to the version ("https://host/v1"), model and key.

    `seconds` bound one try from the first byte sent to the last that comes, `tries` how often it is asked, `at_once` how
    many requests are under way.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    tries: int = 3
    at_once: int = 2

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            host = parts.hostname if parts.scheme in ("https", "http") and parts.port != 0 else None
        except ValueError:
            host = None
        if not host:  # it isn't printed: a key may stand in it
            raise BadInput("SHOWCAUSE_LLM_URL: no http(s) address; give it as https://host/v1 or https://host:port/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise BadInput("SHOWCAUSE_LLM_URL: give scheme, host and path alone; the key goes in SHOWCAUSE_LLM_KEY")
        if parts.scheme == "http" and not _near(host):
            raise BadInput(f"SHOWCAUSE_LLM_URL: {self.host} would be sent records in the clear; use https")
        if not (self.key.isascii() and (self.key.isprintable() or not self.key)):
            raise BadInput("SHOWCAUSE_LLM_KEY: give the key alone, in ASCII and on one line")
        if not 0 < self.seconds <= MOST_SECONDS:
            raise BadInput(f"SHOWCAUSE_LLM_SECONDS: {self.seconds:g} is not between 0 and {MOST_SECONDS:g} seconds")

    @property
    def host(self) -> str:
        """The host, with its port where one is named."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def place(self) -> str:
        """The address that requests go to."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def _near(host: str) -> bool:
    """Whether a host is this machine or an address of a private network."""
    if host == "localhost":
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_private


def send(endpoint: Endpoint, payload: bytes, *, sleep: Callable[[float], None] = time.sleep) -> bytes:
    """The body of the answer to one payload, tried again after growing pauses; raises Refused with the last reason."""
    for attempt in range(1, endpoint.tries + 1):
        try:
            return _once(endpoint, endpoint.place, payload, redirects=1)
        except Refused as refused:
            if not refused.again or attempt == endpoint.tries:
                raise
            pause = refused.wait if refused.wait is not None else 0.5 * 2 ** (attempt - 1)
            sleep(min(pause, LONGEST_WAIT))
    raise Refused("not asked: no try is allowed")


def _once(endpoint: Endpoint, place: str, payload: bytes, *, redirects: int) -> bytes:
    parts = urlsplit(place)
    connection = _connection(parts.scheme, str(parts.hostname), parts.port, endpoint.seconds)
    over = threading.Event()
    try:
        connection.connect()
        watch = threading.Timer(endpoint.seconds, _cut, (connection.sock, over))
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", parts.path or "/", body=payload, headers=_headers(endpoint))
            answer = connection.getresponse()
            if answer.status in KEPT_METHOD and redirects:
                return _once(
                    endpoint, _same_host(place, answer.getheader("Location")), payload, redirects=redirects - 1
                )
            body = _body(answer)
            if over.is_set():
                raise TimeoutError  # what was cut short looks whole where no length was told
            return body
        finally:
            watch.cancel()
    except (OSError, http.client.HTTPException, ValueError) as failed:
        raise _failed(failed, late=over.is_set()) from failed
    finally:
        connection.close()


def _failed(failed: Exception, *, late: bool) -> Refused:
    if late or isinstance(failed, TimeoutError):
        return Refused("time-out", again=True)
    if isinstance(failed, ssl.SSLCertVerificationError):
        return Refused("its certificate is not valid")
    if isinstance(failed, http.client.IncompleteRead):
        return Refused("broke off", again=True)
    return Refused("no connection, or it broke off", again=True)


def _connection(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _cut(sock: socket.socket | None, over: threading.Event) -> None:
    """Ends a request that took too long, however slowly it drips."""
    over.set()
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself


def _headers(endpoint: Endpoint) -> dict[str, str]:
    told = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    told["Connection"] = "close"
    return told | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _same_host(place: str, target: str | None) -> str:
    """Where a redirect leads, if it is the same service; raises Refused."""
    where = urljoin(place, target or "")
    old, new = urlsplit(place), urlsplit(where)
    if not target or (old.scheme, old.hostname, old.port) != (new.scheme, new.hostname, new.port):
        raise Refused("redirected to another host")
    return where


def _body(answer: http.client.HTTPResponse) -> bytes:
    if 300 <= answer.status < 400:
        raise Refused("redirected")
    if answer.status != 200:
        later = answer.status in LATER
        raise Refused(
            f"HTTP {answer.status}", again=later, wait=_wait(answer.getheader("Retry-After")) if later else None
        )
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused("wrong content type")
    if answer.getheader("Content-Encoding", "identity").lower() != "identity":
        raise Refused("wrong content encoding")
    body = answer.read(MOST_ANSWER + 1)
    if len(body) > MOST_ANSWER:
        raise Refused("too large")
    if answer.length:  # what was promised and did not come
        raise Refused("broke off", again=True)
    return body


def _wait(told: str | None) -> float | None:
    """Seconds of a Retry-After (RFC 9110, 10.2.3); a date or nonsense counts as none."""
    return float(told) if told and told.strip().isascii() and told.strip().isdigit() else None
