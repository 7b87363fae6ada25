"""The eSCL scanners that announce themselves on the office's network by multicast DNS."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceInfo, ServiceStateChange, Zeroconf

TYPES = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
ANSWER = 700
"""Milliseconds for a scanner that was heard of to say where it is."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A scanner that was heard: its name, the root of its eSCL, where it stands, and what tells it from others."""

    name: str
    root: str
    place: str
    uuid: str


def announced(seconds: float, interfaces: Sequence[str] | None = None) -> list[Announced]:
    """The scanners heard within `seconds`, each once; plain HTTP before HTTPS, which many announce besides and few of
    the old ones speak well. [] where there is no network. `interfaces`: own addresses to listen on, None: all."""
    heard: set[tuple[str, str]] = set()

    def hear(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is not ServiceStateChange.Removed:
            heard.add((service_type, name))

    try:
        network = Zeroconf(interfaces=list(interfaces) if interfaces else InterfaceChoice.All)
    except OSError:
        return []
    try:
        browser = ServiceBrowser(network, list(TYPES), handlers=[hear])
        time.sleep(seconds)
        infos = [network.get_service_info(kind, name, ANSWER) for kind, name in sorted(heard)]
        browser.cancel()
    finally:
        network.close()
    found: dict[str, Announced] = {}
    for info in infos:
        scanner = _read(info) if info is not None else None
        if scanner is not None:
            found.setdefault(scanner.uuid, scanner)
    return list(found.values())


def _read(info: ServiceInfo) -> Announced | None:
    texts = {key: value or "" for key, value in info.decoded_properties.items()}
    addresses = info.parsed_addresses(IPVersion.V4Only) or info.parsed_addresses(IPVersion.V6Only)
    near = next((each for each in addresses if is_near(each)), None)
    if near is None or not info.port:
        return None
    host = f"[{near}]" if ":" in near else near
    path = texts.get("rs", "eSCL").strip("/") or "eSCL"
    name = texts.get("ty", "") or info.name.partition("._uscan")[0]
    root = f"{TYPES[info.type]}://{host}:{info.port}/{path}"
    return Announced(name, root, texts.get("note", "") or near, texts.get("UUID", "").lower() or f"{near}/{name}")


def is_near(host: str) -> bool:
    """Whether `host` (a name or an address) is this machine or on a network of one's own, whatever name it goes by."""
    try:
        addresses = {ipaddress.ip_address(host)}
    except ValueError:
        try:
            addresses = {ipaddress.ip_address(str(each[4][0])) for each in socket.getaddrinfo(host, None)}
        except (OSError, ValueError):
            return False
    return all(each.is_private or each.is_loopback or each.is_link_local for each in addresses)
