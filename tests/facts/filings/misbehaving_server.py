"""A server of companyfacts that misbehaves on request, and counts who asked it what and when."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class MisbehavingServer:
    """Bodies by path. `faults` holds for a path the answers that come before the good one, each a word of `_ANSWERS`."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.answers: list[int] = []
        self.per_second = 10
        self.most_in_a_second = 0
        self.elsewhere = "https://elsewhere.example/"
        self.lock = threading.Lock()
        self.address = ""

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def _count(self, path: str, headers: dict[str, str]) -> bool:
        """Whether the asker is within the limit."""
        with self.lock:
            now = time.monotonic()
            self.asked.append((now, path, headers))
            within = sum(1 for then, _, _ in self.asked if then > now - 1)
            self.most_in_a_second = max(self.most_in_a_second, within)
            return within <= self.per_second


class _Handler(BaseHTTPRequestHandler):
    server_state: MisbehavingServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        state = self.server_state
        within = state._count(self.path, dict(self.headers))
        if "@" not in self.headers.get("User-Agent", ""):
            return self._say(403, b"who are you?")
        if not within:
            return self._say(429, b"slower", {"Retry-After": "1"})
        waiting = state.faults.get(self.path, [])
        if waiting:
            return self._misbehave(waiting[0] if waiting[0].endswith("always") else waiting.pop(0))
        body = state.bodies.get(self.path)
        if body is None:
            return self._say(404, b"none")
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if self.headers.get("If-None-Match") == etag:
            return self._say(304, b"", {"ETag": etag})
        return self._say(200, body, {"ETag": etag})

    def _misbehave(self, how: str) -> None:
        how = how.removesuffix(" always")
        body = self.server_state.bodies.get(self.path, b"{}")
        if how.isdigit():
            self._say(int(how), b"no")
        elif how.startswith("429 "):
            self._say(429, b"slower", {"Retry-After": how.split(" ")[1]})
        elif how == "truncated":
            self._say(200, body, cut=len(body) // 2)
        elif how == "cut json":
            self._say(200, body[: len(body) // 2])
        elif how == "page":
            self._say(200, b"<!DOCTYPE html><title>Undeclared automated tool</title>")
        elif how == "elsewhere":
            self._say(302, b"", {"Location": self.server_state.elsewhere})
        elif how == "around":
            self._say(302, b"", {"Location": self.path})
        else:
            self._endless()

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.server_state.answers.append(200)
        with contextlib.suppress(OSError):
            for _ in range(100_000):
                self.wfile.write(b"1000\r\n" + b" " * 4096 + b"\r\n")
        self.close_connection = True

    def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: int | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.server_state.answers.append(status)
        with contextlib.suppress(OSError):
            self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def misbehaving_server() -> Iterator[MisbehavingServer]:
    state = MisbehavingServer()
    handler = type("Handler", (_Handler,), {"server_state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
