"""A polite client: limited, patient, conditional, and deaf to anyone but the server it asked.

Limits by pyrate-limiter (counted in a file that all processes of the machine share), patience by stamina, requests by
httpx2. A body is kept only once its content was checked, so that a page of a proxy is never taken for a filing later.
"""

from __future__ import annotations

import datetime
import email.utils
import logging
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from overbuild.errors import FactError
from overbuild.facts.filings.pull.archive import Archive, Kept
from overbuild.facts.filings.pull.manners import Manners

if TYPE_CHECKING:
    from collections.abc import Generator

    import httpx2
    from pyrate_limiter import Limiter

MOST_REDIRECTS = 3
_MAY_PASS = frozenset({429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_SENDS_ON = frozenset({301, 302, 303, 307, 308})

Check = Callable[[bytes], None]
"""Raises FactError for a body that is not what was asked for."""


class _MayPass(Exception):
    """A failure that may pass: after `wait` seconds, where the server says how long (0: it does not)."""

    def __init__(self, said: str, wait: float = 0.0) -> None:
        super().__init__(said)
        self.wait = wait


class PoliteClient:
    """Asks one service. Use it in a `with` block; see `polite_client`."""

    def __init__(self, http: httpx2.Client, limiter: Limiter, archive: Archive, manners: Manners) -> None:
        self._http, self._limiter = http, limiter
        self.archive, self.manners = archive, manners

    def get(self, address: str, check: Check) -> tuple[Kept, bool]:
        """The newest body of an address, asked for only if it changed, and whether it is new.

        Raises FactError: `refused` (401, 403), `no_such_page` (404), `redirected` to another server, `too_large`, `too_slow`,
        `unreachable` after every attempt, and what `check` raises.
        """
        import stamina

        manners = self.manners
        logging.getLogger("stamina").addHandler(logging.NullHandler())
        attempts = stamina.retry_context(
            on=_wait_of(manners),
            attempts=manners.attempts,
            timeout=None,
            wait_initial=manners.first_wait,
            wait_max=manners.longest_wait,
            wait_jitter=manners.first_wait / 4,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return self._once(address, check)
        except _MayPass as error:
            hint = f"{error}; given up after {manners.attempts} attempts or too long a wait. Try again later"
            raise FactError("unreachable", address, None, hint) from None
        raise AssertionError("an attempt either returns or raises")

    def _once(self, address: str, check: Check) -> tuple[Kept, bool]:
        import httpx2

        before = self.archive.newest(address)
        headers: dict[str, str] = {}
        if before is not None and before.etag:
            headers["If-None-Match"] = before.etag
        elif before is not None and before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        try:
            response, body = self._answered(address, headers)
        except httpx2.TransportError as error:
            raise _MayPass(f"no whole answer ({type(error).__name__}: {error})") from None
        kept = _kept(address, response)
        if response.status_code == 304 and before is not None:
            validators = before._replace(retrieved_at=kept.retrieved_at, status=304)
            return self.archive.note(validators), False
        _raise_for(address, response, self.manners)
        _checked(check, body)
        kept = self.archive.keep(kept, body)
        return kept, before is None or before.sha256 != kept.sha256

    def _answered(self, address: str, headers: dict[str, str]) -> tuple[httpx2.Response, bytes]:
        """The answer after redirects inside the service, each of which counts as a request."""
        asked = address
        for _ in range(MOST_REDIRECTS + 1):
            self._limiter.try_acquire("request")
            with self._http.stream("GET", asked, headers=headers) as response:
                if response.status_code in _SENDS_ON:
                    asked = _inside(address, urljoin(asked, response.headers.get("location", "")))
                    continue
                return response, self._body(address, response)
        raise FactError("redirected", address, None, f"sends on and on, more than {MOST_REDIRECTS} times")

    def _body(self, address: str, response: httpx2.Response) -> bytes:
        most, until = self.manners.most_bytes, time.monotonic() + self.manners.longest_body
        body = bytearray()
        for part in response.iter_bytes(65_536):
            body += part
            if len(body) > most:
                raise FactError("too_large", address, None, f"its body does not end within {most:,} bytes")
            if time.monotonic() > until:
                hint = f"its body does not end within {self.manners.longest_body:g} seconds"
                raise FactError("too_slow", address, None, hint)
        return bytes(body)


@contextmanager
def polite_client(agent: str, archive: Archive, manners: Manners) -> Generator[PoliteClient]:
    """A client that calls itself `agent` (see `user_agent`).

    Raises FactError `not_installed` without the extra `fetch`, `not_writable` where the machine's count cannot be kept.
    """
    try:
        import httpx2
        import stamina as _stamina
        from pyrate_limiter import Limiter, Rate, SQLiteBucket
    except ImportError as error:
        hint = f"{error.name} is missing; `pip install 'overbuild[fetch]'` installs what pulling needs"
        raise FactError("not_installed", "facts pull", None, hint) from None
    del _stamina
    try:
        rate = Rate(1, max(1, round(1100 / manners.per_second)))
        bucket = SQLiteBucket.init_from_file([rate], db_path=str(manners.counted_in), use_file_lock=True)
    except Exception as error:  # sqlite and the file lock each raise their own
        hint = f"the count of requests of this machine cannot be kept there: {error}"
        raise FactError("not_writable", "facts pull", str(manners.counted_in), hint) from None
    headers = {"User-Agent": agent, "Accept-Encoding": "gzip", "Accept": "application/json"}
    limiter = Limiter(bucket, buffer_ms=5)
    try:
        with httpx2.Client(headers=headers, timeout=manners.timeout, follow_redirects=False) as http:
            yield PoliteClient(http, limiter, archive, manners)
    finally:
        limiter.close()


def _wait_of(manners: Manners) -> Callable[[Exception], bool | float]:
    """Whether to try again after an error, and after how long where the server says so."""

    def wait(error: Exception) -> bool | float:
        if not isinstance(error, _MayPass) or error.wait > manners.longest_wait:
            return False
        return error.wait or True

    return wait


def _kept(address: str, response: httpx2.Response) -> Kept:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    headers = response.headers
    return Kept(address, now, response.status_code, headers.get("etag", ""), headers.get("last-modified", ""), "")


def _raise_for(address: str, response: httpx2.Response, manners: Manners) -> None:
    status = response.status_code
    if status in _MAY_PASS:
        wait = _retry_after(response.headers.get("retry-after", ""))
        said = f"the server answers {status}" + (f" and asks for {wait:,.0f} seconds" if wait else "")
        raise _MayPass(said, wait)
    if status in _REFUSED:
        hint = (
            f"the server refuses ({status}): it wants a contact that it can reach, or blocks this address for some ten minutes"
            f" after too many requests. We ask {manners.per_second:g} times a second at most; wait, and look at --contact"
        )
        raise FactError("refused", address, None, hint)
    if status == 404:
        raise FactError("no_such_page", address, None, "the server has no such page (404)")
    if status != 200:
        raise FactError("unreachable", address, status, "an answer that is neither a page nor a reason to wait")


def _checked(check: Check, body: bytes) -> None:
    """Raises what the check raises; for a text that breaks off, that the failure may pass."""
    try:
        check(body)
    except FactError as error:
        if error.code == "syntax":
            raise _MayPass(f"the body breaks off or is no JSON ({len(body):,} bytes)") from None
        raise


def _retry_after(text: str) -> float:
    """Seconds that a Retry-After header asks for, written as seconds or as a date; 0 where it says nothing readable.

    >>> _retry_after("120"), _retry_after("soon"), _retry_after("Wed, 21 Oct 2015 07:28:00 GMT")
    (120.0, 0.0, 0.0)
    """
    if text.strip().isdigit() and len(text.strip()) < 9:
        return float(text.strip())
    try:
        then = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=datetime.UTC)
    return max(0.0, (then - datetime.datetime.now(datetime.UTC)).total_seconds())


def _inside(address: str, target: str) -> str:
    """Where a redirect leads, if that is the same server. Raises FactError `redirected`."""
    asked, sent = urlsplit(address), urlsplit(target)
    if (asked.scheme, asked.netloc) != (sent.scheme, sent.netloc):
        hint = f"sends elsewhere, to {sent.scheme}://{sent.netloc}, which is not followed"
        raise FactError("redirected", address, None, hint)
    return target
