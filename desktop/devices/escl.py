"""Network scanners by eSCL, the HTTP that nearly every office device of the last ten years speaks: no driver at all.

Papers of citizens travel here, so a scanner is one that the installer named or that announced itself on the network of
the office. There a certificate that nobody signed is taken, as scanners have no other; an address outside must be HTTPS
with a certificate that holds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

import httpx

from desktop.devices import escl_find, escl_words, picture
from desktop.devices.escl_words import Capabilities, Status, Unreadable
from desktop.devices.source import Abilities, Device, Feed, Page, ScanWish, fit, places, trouble
from onestop.rules.errors import DeviceTrouble

MOST_BYTES = 200_000_000
"""No page is larger: an A3 sheet at 600 dpi, hardly compressed."""
MOST_WORDS = 1_000_000
"""Bytes of a document about the scanner."""
_NOT_YET, _GONE, _ELSEWHERE = (503,), (404, 410), (301, 302, 307, 308)


@dataclass
class Escl:
    """The scanners at `addresses` ("192.168.1.20", "http://may-quet:8080/eSCL") and those that announce themselves."""

    addresses: Sequence[str] = ()
    listen: float = 2.0
    """Seconds to hear announcements; 0: only `addresses`."""
    patience: float = 5.0
    """Seconds for an answer about the scanner, and for one that is busy to become free."""
    silence: float = 120.0
    """Seconds until a page comes."""
    pause: float = 0.5
    """Seconds between two questions whether the next page is ready."""
    interfaces: Sequence[str] | None = None

    def find(self) -> list[Device]:
        found: dict[str, Device] = {}
        heard = escl_find.announced(self.listen, self.interfaces) if self.listen else []
        for each in heard:
            found[each.root] = Device(each.root, each.name, "escl", each.place)
        known = {urlsplit(root).hostname for root in found}
        for address in self.addresses:
            if urlsplit(root_of(address)).hostname not in known:
                try:
                    device = self.at(address)
                except DeviceTrouble:
                    continue  # named and not there now: who wants to know why asks `at`
                found[device.id] = device
        return list(found.values())

    def at(self, address: str) -> Device:
        """The scanner at an address as an installer writes it. DeviceTrouble when it does not answer."""
        root = root_of(address)
        host = urlsplit(root).hostname or address
        named = Device(root, host, "escl", host)
        with self._client(named) as client:
            return replace(named, name=_Scanner(client, named, self).capabilities().name or host)

    def abilities(self, device: Device) -> Abilities:
        with self._client(device) as client:
            return escl_words.abilities(_Scanner(client, device, self).capabilities())

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        with self._client(device) as client:
            scanner = _Scanner(client, device, self)
            known = scanner.capabilities()
            wish = fit(wish, escl_words.abilities(known), device)
            asked = wish.source
            if wish.source is Feed.AUTO:
                loaded = scanner.status().adf in ("ScannerAdfLoaded", "ScannerAdfProcessing")
                wish = replace(wish, source=Feed.FEEDER if loaded else Feed.FLATBED, duplex=wish.duplex and loaded)
            job = scanner.begin(known, wish)
            place = places(wish, both_sides=wish.duplex)
            pages = 0
            try:
                while (content := scanner.next(job)) is not None:
                    number, back = next(place)
                    try:
                        page = picture.page(content, wish.dpi, number, back)
                    except picture.NoPicture as error:
                        raise trouble("device.answer", device, str(error)) from error
                    pages += 1
                    yield replace(page, from_glass=asked is Feed.AUTO and wish.source is Feed.FLATBED)
                    if wish.source is Feed.FLATBED:
                        break
                if wish.source is Feed.FEEDER:
                    scanner.complain(job, empty=not pages)
                elif not pages:
                    raise trouble("device.answer", device, "no page")
            finally:
                scanner.end(job)

    @contextmanager
    def _client(self, device: Device) -> Iterator[httpx.Client]:
        parts = urlsplit(device.id)
        near = escl_find.is_near(parts.hostname or "")
        if not near and parts.scheme != "https":
            raise trouble("device.not-local", device, parts.hostname or device.id)
        # A scanner's own certificate is as good as none: what is kept out by `near` is everybody beyond the office.
        with httpx.Client(verify=not near, trust_env=False) as client:
            yield client


def root_of(address: str) -> str:
    """The eSCL root of an address as an installer writes it."""
    text = address.strip()
    if "://" not in text:
        text = f"http://{text}"
    parts = urlsplit(text)
    return text.rstrip("/") if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}/eSCL"


class _Scanner:
    """One scanner, spoken to."""

    def __init__(self, client: httpx.Client, device: Device, how: Escl) -> None:
        self._client, self._device, self._how = client, device, how
        self._root = device.id.rstrip("/") + "/"

    def capabilities(self) -> Capabilities:
        content = self._words("ScannerCapabilities")
        try:
            return escl_words.capabilities(content)
        except Unreadable as error:
            raise self._trouble("device.answer", str(error)) from error

    def status(self) -> Status:
        try:
            return escl_words.status(self._words("ScannerStatus"))
        except Unreadable as error:
            raise self._trouble("device.answer", str(error)) from error

    def begin(self, known: Capabilities, wish: ScanWish) -> str:
        """Start a job; its address. One that is busy is asked again for a while."""
        body = escl_words.settings(known, self._device, wish)
        until = time.monotonic() + self._how.patience
        while True:
            with self._ask("POST", "ScanJobs", body) as answer:
                if answer.status_code == 201 and answer.headers.get("location"):
                    # Only the path counts: some say "localhost" there, and none may send us to another host.
                    path = urlsplit(urljoin(self._root, answer.headers["location"])).path
                    return urljoin(self._root, path.rstrip("/") + "/")
            now = self.status()
            if wish.source is Feed.FEEDER and now.adf in escl_words.ADF:
                raise self._trouble(escl_words.ADF[now.adf], now.adf)
            if answer.status_code not in _NOT_YET or time.monotonic() > until:
                break
            time.sleep(self._how.pause)
        busy = answer.status_code in (409, 503)
        code = escl_words.STATE.get(now.state, "device.busy" if busy else "device.failed")
        raise self._trouble(code, f"HTTP {answer.status_code} {now.state}")

    def next(self, job: str) -> bytes | None:
        """The next page; None when there are no more."""
        until = time.monotonic() + self._how.silence
        while time.monotonic() < until:
            with self._ask("GET", urljoin(job, "NextDocument")) as answer:
                if answer.status_code == 200:
                    return self._body(answer, MOST_BYTES)
            if answer.status_code in _GONE:
                return None
            self.complain(job)
            if answer.status_code not in _NOT_YET:
                raise self._trouble("device.failed", f"HTTP {answer.status_code}")
            time.sleep(self._how.pause)
        raise self._trouble("device.silent", "NextDocument")

    def end(self, job: str) -> None:
        """Tell the scanner that nobody waits any more; one that is gone need not be told."""
        try:
            with self._ask("DELETE", job.rstrip("/")):
                pass
        except DeviceTrouble:
            pass

    def complain(self, job: str, *, empty: bool = False) -> None:
        """The trouble that the scanner itself speaks of, if any; an empty feeder is one only where `empty` says so."""
        now = self.status()
        code = escl_words.ADF.get(now.adf, "")
        if code and (empty or code != "device.empty"):
            raise self._trouble(code, now.adf)
        ended = now.jobs.get(job.rstrip("/").rpartition("/")[2], "")
        if ended in escl_words.JOB:
            raise self._trouble(escl_words.JOB[ended], ended)
        if now.state in ("Stopped", "Down"):
            raise self._trouble(escl_words.STATE[now.state], now.state)
        if empty:
            raise self._trouble("device.empty", now.adf)

    def _words(self, name: str) -> bytes:
        with self._ask("GET", name, seconds=self._how.patience) as answer:
            if answer.status_code in _ELSEWHERE:
                place = urljoin(self._root + name, answer.headers.get("location", ""))
                if self._is_itself_behind_tls(place):
                    self._root = place.removesuffix(name)
                    return self._words(name)
            if answer.status_code != 200:
                code = "device.busy" if answer.status_code in _NOT_YET else "device.answer"
                raise self._trouble(code, f"{name}: HTTP {answer.status_code}")
            return self._body(answer, MOST_WORDS)

    def _is_itself_behind_tls(self, place: str) -> bool:
        """Whether a scanner that was asked in the clear wants to be asked under TLS; nowhere else do we follow it."""
        here, there = urlsplit(self._root), urlsplit(place)
        return here.scheme == "http" and there.scheme == "https" and here.hostname == there.hostname

    def _body(self, answer: httpx.Response, most: int) -> bytes:
        parts, size = [], 0
        for part in answer.iter_bytes(65536):
            size += len(part)
            if size > most:
                raise self._trouble("device.answer", f"more than {most} bytes")
            parts.append(part)
        return b"".join(parts)

    @contextmanager
    def _ask(
        self, method: str, address: str, body: bytes | None = None, seconds: float = 0.0
    ) -> Iterator[httpx.Response]:
        """`seconds` for each piece of the answer; 0: as long as a page may take."""
        headers = {"Content-Type": "text/xml"} if body is not None else {}
        limit = httpx.Timeout(self._how.patience, read=seconds or self._how.silence)
        place = urljoin(self._root, address)
        try:
            with self._client.stream(method, place, content=body, headers=headers, timeout=limit) as answer:
                yield answer
        except httpx.TimeoutException as error:
            code = "device.offline" if isinstance(error, httpx.ConnectTimeout) else "device.silent"
            raise self._trouble(code, type(error).__name__) from error
        except httpx.DecodingError as error:
            raise self._trouble("device.answer", str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._trouble("device.offline", str(error) or type(error).__name__) from error

    def _trouble(self, code: str, detail: str) -> DeviceTrouble:
        return trouble(code, self._device, detail)
