"""An endpoint that misbehaves in the way it is told to, on this machine, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Manner = Callable[["Handler", dict[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """Answers every POST in the server's manner."""

    server: Unruly
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.over = False
        with self.server.lock:
            self.server.asked.append((self.path, dict(self.headers), body))
            self.server.under_way += 1
            self.server.most = max(self.server.most, self.server.under_way)
        try:
            self.server.manner(self, json.loads(body))
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.ended()
            self.close_connection = True

    def ended(self) -> None:
        """No longer under way; said before the answer goes, since the one who asked goes on as soon as it has it."""
        with self.server.lock:
            self.server.under_way -= not self.over
            self.over = True

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, body: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Unruly(ThreadingHTTPServer):
    """The server, what it was asked, and how many requests were under way at most."""

    daemon_threads = True

    def __init__(self, manner: Manner) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner = manner
        self.lock = threading.Lock()
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.under_way = self.most = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def unruly(manner: Manner) -> Iterator[Unruly]:
    server = Unruly(manner)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# --- manners --------------------------------------------------------------------------------------


def passage(asked: dict[str, Any]) -> str:
    """The passage that a payload is about: what stands between its two marks."""
    lines = asked["messages"][1]["content"].split("\n")
    marks = [n for n, line in enumerate(lines) if line.startswith("=== ") and line.endswith(" ===")]
    return "\n".join(lines[marks[0] + 1 : marks[-1]])


def completion(content: str, *, finish: str = "stop") -> bytes:
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}]}
    ).encode()


def said(verdict: str, *quotes: str, why: str = "It says so.") -> str:
    return json.dumps({"verdict": verdict, "quotes": list(quotes), "why": why})


def content(text: str, **more: Any) -> Manner:
    return lambda handler, _: handler.answer(completion(text, **more))


def votes(verdict: str) -> Manner:
    """An honest endpoint: it quotes the whole passage."""

    def manner(handler: Handler, asked: dict[str, Any]) -> None:
        quotes = [] if verdict == "silent" else [passage(asked)]
        handler.answer(completion(said(verdict, *quotes)))

    return manner


def status(code: int, then: Manner | None = None, times: int = 1, **headers: str) -> Manner:
    """So many answers with that status, then the other manner."""
    left = [times]

    def manner(handler: Handler, asked: dict[str, Any]) -> None:
        left[0] -= 1
        if then is not None and left[0] < 0:
            then(handler, asked)
        else:
            handler.answer(b"{}", status=code, **headers)

    return manner


def sleeps(seconds: float) -> Manner:
    def manner(handler: Handler, asked: dict[str, Any]) -> None:
        time.sleep(seconds)
        handler.ended()
        votes("silent")(handler, asked)

    return manner


def drips(handler: Handler, _: dict[str, Any]) -> None:
    """A byte every tenth of a second, without an end and without a length."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for byte in completion(said("silent")) + b" " * 600:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def drips_headers(handler: Handler, _: dict[str, Any]) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 600:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def huge(handler: Handler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _n in range(64):
        handler.wfile.write(b" " * (1 << 16))


def breaks_off(handler: Handler, _: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(completion(said("silent"))[:40])


def hangs_up(handler: Handler, _: dict[str, Any]) -> None:
    handler.connection.close()


def garbage(handler: Handler, _: dict[str, Any]) -> None:
    handler.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
