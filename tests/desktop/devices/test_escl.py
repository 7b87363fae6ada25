"""eSCL against the simulator: what it asks for, how it takes trouble, whom it trusts; and the real airscan on it."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from zeroconf import ServiceInfo, Zeroconf

from desktop.devices import escl_find, escl_words
from desktop.devices.escl import Escl, root_of
from desktop.devices.escl_words import Unreadable
from desktop.devices.sane import Sane
from desktop.devices.source import Device, Feed, Mode, Page, ScanWish, Sheet
from onestop.rules.errors import DeviceTrouble
from onestop.texts import SENTENCES
from tests.helpers import sane
from tests.helpers.escl_simulator import EsclSimulator, grey, running
from tests.helpers.waiting import waited

WISH = ScanWish(dpi=100)


@pytest.fixture
def simulator() -> EsclSimulator:
    return EsclSimulator()


@pytest.fixture
def root(simulator: EsclSimulator) -> Iterator[str]:
    with running(simulator) as address:
        yield address


@pytest.fixture
def source(root: str) -> Escl:
    return Escl((root,), listen=0, patience=2.0, silence=5.0, pause=0.01)


def level(page: Page) -> int:
    """How bright a page is: which side of which sheet it is."""
    with Image.open(io.BytesIO(page.content)) as image:
        return int(image.convert("L").resize((1, 1)).getpixel((0, 0)))  # type: ignore[arg-type]


def code_of(source: Escl, wish: ScanWish = WISH, device: Device | None = None) -> tuple[list[int], str]:
    """The numbers of the pages that came, and the trouble that ended them ("" for none)."""
    came: list[int] = []
    try:
        came.extend(page.number for page in source.scan(device or source.find()[0], wish))
    except DeviceTrouble as trouble:
        return came, trouble.code
    return came, ""


def test_every_state_has_its_sentence() -> None:
    codes = {*escl_words.ADF.values(), *escl_words.STATE.values(), *escl_words.JOB.values()}
    assert not [code for code in codes if code not in SENTENCES]


# -- the pages


def test_sides_come_in_their_order(simulator: EsclSimulator, source: Escl) -> None:
    simulator.sheets = 3
    pages = list(source.scan(source.find()[0], ScanWish(dpi=100, duplex=True)))
    expected = [grey(sheet, back) for sheet in (1, 2, 3) for back in (False, True)]
    assert [level(page) for page in pages] == pytest.approx(expected, abs=3)


def test_the_wish_reaches_the_scanner(simulator: EsclSimulator, source: Escl) -> None:
    simulator.sheets = 1
    (page,) = source.scan(source.find()[0], ScanWish(dpi=200, mode=Mode.GREY, size=Sheet.A5))
    for said in ("InputSource>Feeder<", "ColorMode>Grayscale8<", "XResolution>200<", "Duplex>false<", "Width>1748<"):
        assert said in simulator.settings
    assert (page.width, page.height) == (1748 * 200 // 300, 2480 * 200 // 300)


def test_the_glass_is_asked_for_one_page(simulator: EsclSimulator, source: Escl) -> None:
    assert code_of(source) == ([1], "")
    assert "InputSource>Platen<" in simulator.settings
    assert "Duplex" not in simulator.settings
    assert [path.rpartition("/")[2] for _method, path in simulator.requests].count("NextDocument") == 1


def test_every_job_is_ended(simulator: EsclSimulator, source: Escl) -> None:
    simulator.sheets = 5
    pages: Any = source.scan(source.find()[0], WISH)
    next(pages)
    pages.close()
    assert ("DELETE", "/eSCL/ScanJobs/1") in simulator.requests
    assert simulator.jobs == {"1": "Canceled"}


def test_a_scanner_without_feeder_or_without_glass(simulator: EsclSimulator, source: Escl) -> None:
    simulator.has_feeder = False
    assert source.abilities(source.find()[0]).sources == {Feed.FLATBED}
    simulator.has_feeder, simulator.has_glass = True, False
    assert source.abilities(source.find()[0]).sources == {Feed.FEEDER}
    assert code_of(source) == ([], "device.empty")


# -- trouble


@pytest.mark.parametrize(
    ("failing", "code"),
    [
        ("jam", "device.jam"),
        ("cover", "device.cover-open"),
        ("two-sheets", "device.two-sheets"),
        ("cancelled", "device.stopped"),
        ("error", "device.failed"),
        ("garbage", "device.answer"),
        ("vanish", "device.offline"),
        ("hang", "device.silent"),
    ],
)
def test_what_goes_wrong_at_the_third_page(simulator: EsclSimulator, source: Escl, failing: str, code: str) -> None:
    simulator.sheets, simulator.failing, simulator.fail_at = 5, failing, 3
    source.silence = 0.5 if failing == "hang" else 5.0
    assert code_of(source) == ([1, 2], code)


@pytest.mark.parametrize(
    ("adf", "code"),
    [
        ("ScannerAdfJam", "device.jam"),
        ("ScannerAdfHatchOpen", "device.cover-open"),
        ("ScannerAdfEmpty", "device.empty"),
        ("ScannerAdfMultipickDetected", "device.two-sheets"),
    ],
)
def test_a_feeder_that_is_not_ready(simulator: EsclSimulator, source: Escl, adf: str, code: str) -> None:
    simulator.sheets, simulator.adf = 2, adf
    began = time.monotonic()
    assert code_of(source, ScanWish(dpi=100, source=Feed.FEEDER)) == ([], code)
    assert time.monotonic() - began < source.patience, "it was not waited for"


def test_a_scanner_that_is_busy_for_a_moment_is_waited_for(simulator: EsclSimulator, source: Escl) -> None:
    simulator.busy, simulator.late = 3, 3
    assert code_of(source) == ([1], "")


def test_a_scanner_that_stays_busy(simulator: EsclSimulator, source: Escl) -> None:
    simulator.busy, simulator.state, source.patience = 10_000, "Processing", 0.2
    assert code_of(source) == ([], "device.busy")


@pytest.mark.parametrize(
    ("name", "status", "body", "code"),
    [
        ("ScannerCapabilities", 200, b"", "device.answer"),
        ("ScannerCapabilities", 200, b"<html><body>Login</body></html>", "device.answer"),
        ("ScannerCapabilities", 200, b"<ScannerCapabilities><Version>2.0</Version>", "device.answer"),
        ("ScannerCapabilities", 200, b"<ScannerCapabilities/>", "device.answer"),
        ("ScannerCapabilities", 200, b"x" * 2_000_000, "device.answer"),
        ("ScannerCapabilities", 200, b'<!DOCTYPE a [<!ENTITY b "c">]><ScannerCapabilities/>', "device.answer"),
        ("ScannerCapabilities", 404, b"", "device.answer"),
        ("ScannerCapabilities", 503, b"", "device.busy"),
        ("ScannerStatus", 200, b"\x00\xff", "device.answer"),
        ("ScannerStatus", 500, b"", "device.answer"),
    ],
)
def test_garbage_about_itself(
    simulator: EsclSimulator, source: Escl, root: str, name: str, status: int, body: bytes, code: str
) -> None:
    simulator.answers[name] = (status, body)
    assert code_of(source, device=Device(root, "Máy", "escl")) == ([], code)


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_unreadable(content: bytes) -> None:
    for read in (escl_words.capabilities, escl_words.status):
        with pytest.raises(Unreadable):
            read(content)


@given(st.data())
@settings(max_examples=300)
def test_a_document_that_was_tampered_with_is_read_or_unreadable(data: st.DataObject) -> None:
    simulator = EsclSimulator()
    for whole, read in ((simulator.capabilities(), escl_words.capabilities), (simulator.status(), escl_words.status)):
        content = bytearray(whole)
        for _time in range(data.draw(st.integers(1, 10))):
            place = data.draw(st.integers(0, len(content) - 1))
            content[place] = data.draw(st.sampled_from(b"0<>/&9x\xff"))
        try:
            known: Any = read(bytes(content))
        except Unreadable:
            continue
        if read is escl_words.capabilities:
            can = escl_words.abilities(known)
            assert can.sources and can.modes and can.resolutions


def test_a_scanner_that_is_not_there(source: Escl) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = Device(f"http://127.0.0.1:{taken.getsockname()[1]}/eSCL", "Máy", "escl")
    assert code_of(source, device=gone) == ([], "device.offline")
    assert Escl((gone.id,), listen=0).find() == []
    with pytest.raises(DeviceTrouble) as trouble:
        Escl(listen=0).at(gone.id)
    assert trouble.value.code == "device.offline"


# -- whom it trusts, and where it goes


def test_where_a_job_lies_is_only_a_path(simulator: EsclSimulator, source: Escl) -> None:
    simulator.location = "http://scanner.invalid:9"
    assert code_of(source) == ([1], "")


@pytest.mark.parametrize("address", ["http://8.8.8.8/eSCL", "http://[2606:4700::1]/eSCL"])
def test_papers_never_go_to_an_address_outside_in_the_clear(address: str) -> None:
    assert code_of(Escl(listen=0), device=Device(address, "Máy", "escl")) == ([], "device.not-local")


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("192.168.1.20", True),
        ("10.4.0.9", True),
        ("169.254.3.3", True),
        ("fe80::1", True),
        ("localhost", True),
        ("8.8.8.8", False),
        ("2606:4700::1", False),
        ("", False),
    ],
)
def test_what_is_near(host: str, near: bool) -> None:
    assert escl_find.is_near(host) is near


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """A certificate that nobody signed, as scanners have them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "scanner")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.2"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(files[0]), str(files[1])


def test_a_certificate_that_nobody_signed_is_taken_on_the_own_network_only(
    simulator: EsclSimulator, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(simulator, certificate) as root:
        source = Escl((root,), listen=0)
        assert root.startswith("https")
        assert code_of(source) == ([1], "")
        device = source.find()[0]
        monkeypatch.setattr(escl_find, "is_near", lambda host: False)
        assert code_of(source, device=device) == ([], "device.offline")


def test_a_scanner_may_ask_for_tls_but_not_send_us_elsewhere(
    simulator: EsclSimulator, root: str, certificate: tuple[str, str]
) -> None:
    secure = EsclSimulator()
    with running(secure, certificate) as there:
        simulator.elsewhere = there.removesuffix("/eSCL")
        assert code_of(Escl((root,), listen=0)) == ([1], "")
        simulator.elsewhere = simulator.elsewhere.replace("127.0.0.1", "localhost")
        assert code_of(Escl(listen=0), device=Device(root, "Máy", "escl")) == ([], "device.answer")


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("192.168.1.20", "http://192.168.1.20/eSCL"),
        (" 192.168.1.20:8080/ ", "http://192.168.1.20:8080/eSCL"),
        ("https://may-quet.local", "https://may-quet.local/eSCL"),
        ("http://192.168.1.20/scan/eSCL/", "http://192.168.1.20/scan/eSCL"),
    ],
)
def test_addresses_as_installers_write_them(address: str, root: str) -> None:
    assert root_of(address) == root


# -- who announces himself


def announce(stack: ExitStack, *scanners: ServiceInfo) -> None:
    """Answer on loopback for these scanners. They are put into the registry as they are: nobody else is there to be
    asked whether the name is free, and no goodbye is said."""
    network = Zeroconf(interfaces=["127.0.0.1"])
    stack.callback(network.close)
    stack.callback(lambda: [network.registry.async_remove(each) for each in scanners])
    for each in scanners:
        network.registry.async_add(each)


def service(kind: str, port: int, **texts: str) -> ServiceInfo:
    near = [socket.inet_aton("127.0.0.1")]
    return ServiceInfo(
        f"{kind}.local.", f"mau.{kind}.local.", port, addresses=near, properties=texts, server="mau.local."
    )


def test_scanners_that_announce_themselves_are_found_once(simulator: EsclSimulator, root: str) -> None:
    port = int(root.rpartition(":")[2].partition("/")[0])
    about = {"ty": "Máy quét Mẫu 100", "rs": "/eSCL/", "note": "Phòng một cửa", "UUID": "4509A320-1"}
    with ExitStack() as stack:
        announce(stack, service("_uscan._tcp", port, **about), service("_uscans._tcp", port + 1, **about))
        source = Escl((root,), listen=0.0, interfaces=["127.0.0.1"])
        found: list[Device] = []

        def heard() -> bool:
            source.listen += 0.3
            found[:] = source.find()
            return [device.place for device in found] == ["Phòng một cửa"]

        assert waited(heard, 20)
        assert found == [Device(root, "Máy quét Mẫu 100", "escl", "Phòng một cửa")]
        assert code_of(source, device=found[0]) == ([1], "")


@pytest.mark.parametrize("address", ["8.8.8.8", None])
def test_one_that_says_it_stands_elsewhere_is_passed_over(address: str | None) -> None:
    there = [socket.inet_aton(address)] if address else []
    info = ServiceInfo("_uscan._tcp.local.", "x._uscan._tcp.local.", 80, addresses=there, properties={"ty": "x"})
    assert escl_find._read(info) is None


def test_without_a_network_nobody_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_how: Any) -> None:
        raise OSError("no network")

    monkeypatch.setattr(escl_find, "Zeroconf", none)
    assert escl_find.announced(0.1) == []


# -- the same scanner, by the real driver


if sane.is_here():

    @pytest.mark.parametrize(
        ("sheets", "duplex", "sides"),
        [
            (0, False, [(0, False)]),
            (3, False, [(1, False), (2, False), (3, False)]),
            (2, True, [(1, False), (1, True), (2, False), (2, True)]),
        ],
        ids=["glass", "feeder", "both sides"],
    )
    def test_the_real_airscan_scans_from_the_simulator(
        simulator: EsclSimulator,
        root: str,
        tmp_path: Path,
        sheets: int,
        duplex: bool,
        sides: list[tuple[int, bool]],
    ) -> None:
        simulator.sheets = sheets
        source = Sane(tmp_path / "raw", sane.airscan(tmp_path / "sane", root))
        (device,) = source.find()
        assert device.name == "eSCL Simulator"
        pages = list(source.scan(device, ScanWish(dpi=100, duplex=duplex)))
        assert [level(page) for page in pages] == pytest.approx([grey(*side) for side in sides], abs=4)
        assert [page.back for page in pages] == [back for _sheet, back in sides]

    def test_the_real_airscan_hears_of_a_jam(simulator: EsclSimulator, root: str, tmp_path: Path) -> None:
        simulator.sheets, simulator.failing, simulator.fail_at = 4, "jam", 3
        source = Sane(tmp_path / "raw", sane.airscan(tmp_path / "sane", root))
        came = []
        with pytest.raises(DeviceTrouble) as trouble:
            came += list(source.scan(source.find()[0], WISH))
        assert trouble.value.code == "device.jam"
