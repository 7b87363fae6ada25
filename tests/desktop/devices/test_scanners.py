"""The scanners of a machine: chosen, found, fallen back on, and what the doctor says of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktop.devices import doctor, serial_card
from desktop.devices.doctor import DRIVERS, Fact, facts
from desktop.devices.pretend import Laid, Mishap, PretendScanner
from desktop.devices.pretend_papers import Kind
from desktop.devices.scanners import ANOTHER_WAY, Scanners, addresses_of, is_same, wish_of
from desktop.devices.source import Device, Feed, Mode, ScanWish
from desktop.devices.spool import Spool
from desktop.settings import Settings
from onestop import texts
from onestop.rules.errors import DeviceTrouble
from onestop.texts import SENTENCES, message
from tests.desktop.pretend import PretendShelf
from tests.helpers import sane
from tests.helpers.drivers import bad, made_escl, made_pretend, meeting
from tests.helpers.escl_simulator import EsclSimulator, running

WISH = ScanWish(dpi=150)


@pytest.fixture
def shelf() -> PretendShelf:
    return PretendShelf()


@pytest.fixture
def settings(tmp_path: Path, shelf: PretendShelf) -> Settings:
    return Settings(tmp_path / "settings.json", shelf)


@pytest.fixture
def one(tmp_path: Path) -> PretendScanner:
    return PretendScanner(tmp_path / "one", "HP LaserJet MFP")


@pytest.fixture
def other(tmp_path: Path) -> PretendScanner:
    return PretendScanner(tmp_path / "other", "HP LaserJet MFP M28w (F1A2)")


@pytest.fixture
def scanners(tmp_path: Path, settings: Settings, one: PretendScanner, other: PretendScanner) -> Scanners:
    """Two drivers, each with a pretend scanner; by their names they are one machine."""
    drivers = {each.folder.name: partial(made_pretend, each.folder, each.name) for each in (one, other)}
    return Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers)


def test_all_drivers_look_around_at_one_time(tmp_path: Path, settings: Settings) -> None:
    drivers = {me: partial(meeting, tmp_path, me, other) for me, other in (("a", "b"), ("b", "a"))}
    found = Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers).find()
    assert ([each.driver for each in found.devices], found.reasons) == (["a", "b"], {})


# -- the settings


def test_the_wish_is_what_the_settings_say(settings: Settings) -> None:
    assert wish_of(settings) == ScanWish(Feed.AUTO, 300, Mode.COLOUR)
    for key, value in {"scan_source": "feeder", "scan_dpi": 200, "scan_colour": "grey", "scan_sides": "both"}.items():
        settings.set(key, value)
    assert wish_of(settings) == ScanWish(Feed.FEEDER, 200, Mode.GREY, duplex=True)
    settings.set("scan_sides", "manual")
    assert wish_of(settings) == ScanWish(Feed.FEEDER, 200, Mode.GREY, manual_duplex=True)


def test_addresses_however_they_are_written(settings: Settings) -> None:
    assert addresses_of(settings) == ()
    settings.set("scan_addresses", "192.168.1.20, may-quet:8080;https://10.0.0.3/eSCL  ")
    assert addresses_of(settings) == ("192.168.1.20", "may-quet:8080", "https://10.0.0.3/eSCL")


def test_the_drivers_of_a_machine(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Scanners(Spool(tmp_path), settings)
    monkeypatch.setattr("sys.platform", "linux")
    assert list(made.drivers()) == ["sane", "escl"]
    monkeypatch.setattr("sys.platform", "win32")
    assert list(made.drivers()) == ["wia", "escl"]
    settings.set("scan_folder", str(tmp_path))
    assert list(Scanners(Spool(tmp_path), settings, pretend=tmp_path).drivers()) == ["pretend", "wia", "escl", "folder"]


def test_every_driver_of_the_machine_can_be_made(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.set("scan_folder", str(tmp_path))
    settings.set("scan_addresses", "192.168.1.20")
    made = {}
    for system in ("linux", "win32"):
        monkeypatch.setattr("sys.platform", system)
        made |= Scanners(Spool(tmp_path), settings, pretend=tmp_path / "p").drivers()
    assert made.keys() <= DRIVERS.keys()
    assert {name: type(make(tmp_path)).__name__ for name, make in made.items()} == {
        "pretend": "PretendScanner",
        "sane": "Sane",
        "wia": "Wia",
        "escl": "Escl",
        "folder": "Watched",
    }


# -- choosing


def test_without_a_choice_the_first_one_found_is_used(scanners: Scanners) -> None:
    assert scanners.device().name == "HP LaserJet MFP"


def test_nobody_looks_further_than_the_first_one_found(tmp_path: Path, settings: Settings, one: PretendScanner) -> None:
    drivers = {
        "one": partial(made_pretend, one.folder, one.name),
        "hangs": partial(bad, tmp_path, "find", 3),
    }
    assert Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers).device().name == one.name


def test_the_chosen_one_is_known_without_looking_around(
    scanners: Scanners, settings: Settings, other: PretendScanner, tmp_path: Path
) -> None:
    settings.set("scan_device", scanners.find().devices[1].key)
    scanners.remember()
    again = Scanners(Spool(tmp_path / "spool"), Settings(tmp_path / "settings.json"), drivers={})
    assert again.device() == Device("pretend", other.name, "other", "")


def test_one_that_nobody_knows_goes_by_its_own_name(scanners: Scanners, settings: Settings) -> None:
    settings.set("scan_device", "sane:genesys:libusb:001:004")
    assert scanners.device() == Device("genesys:libusb:001:004", "genesys:libusb:001:004", "sane", "")


def test_no_scanner_at_all(scanners: Scanners, one: PretendScanner, other: PretendScanner) -> None:
    for each in (one, other):
        each.go_wrong(Mishap.OFFLINE)
    with pytest.raises(DeviceTrouble) as trouble:
        list(scanners.scan(WISH))
    assert trouble.value.code == "device.none"


def test_a_driver_that_could_not_look_says_why(tmp_path: Path, settings: Settings) -> None:
    driver = partial(bad, tmp_path, "find-jam", 3)
    found = Scanners(Spool(tmp_path / "spool"), settings, drivers={"bad": driver})
    with pytest.raises(DeviceTrouble) as trouble:
        list(found.scan(WISH))
    assert trouble.value.code == "device.jam"


# -- scanning


def test_pages_come_from_the_chosen_one(scanners: Scanners, one: PretendScanner) -> None:
    one.load([Laid(Kind.SLIP, 1)] * 3)
    assert [page.number for page in scanners.scan(WISH)] == [1, 2, 3]
    assert scanners.fallbacks == []


def test_where_a_driver_does_not_begin_another_one_is_asked_for_the_same_machine(
    scanners: Scanners, one: PretendScanner, other: PretendScanner
) -> None:
    one.go_wrong(Mishap.CRASH)
    other.load([Laid(Kind.SLIP, 1)] * 2)
    assert len(list(scanners.scan(WISH, device=scanners.find().devices[0]))) == 2
    (fallback,) = scanners.fallbacks
    assert (fallback.instead_of.driver, fallback.reason.code, fallback.device.driver) == (
        "one",
        "device.crashed",
        "other",
    )


def test_that_another_way_was_gone_is_told_once_until_the_chosen_one_answers_again(
    scanners: Scanners, one: PretendScanner, other: PretendScanner
) -> None:
    chosen = scanners.find().devices[0]

    def scanned() -> list[str]:
        for each in (one, other):
            each.load([Laid(Kind.SLIP, 1)])
        list(scanners.scan(WISH, device=chosen))
        return [news.code for news in scanners.news()]

    one.go_wrong(Mishap.CRASH)
    other.load([Laid(Kind.SLIP, 1)])
    list(scanners.scan(WISH, device=chosen))
    (news,) = scanners.news()
    assert (news.code, news.details["why"]) == ("scan.fallback", "device.crashed")
    assert message(news.code, news.details) == (
        "Máy quét HP LaserJet MFP không trả lời, nên đã quét qua HP LaserJet MFP M28w (F1A2)."
    )
    one.go_wrong(Mishap.CRASH)
    assert scanned() == []
    assert scanned() == []  # it has answered again
    one.go_wrong(Mishap.CRASH)
    assert scanned() == ["scan.fallback"]


def test_that_the_glass_was_read_for_an_empty_feeder_is_told_once(scanners: Scanners, one: PretendScanner) -> None:
    glass, feeder = replace(WISH, source=Feed.FLATBED), replace(WISH, source=Feed.AUTO)
    assert [page.from_glass for page in scanners.scan(glass)] == [False]
    assert scanners.news() == ()
    assert [page.from_glass for page in scanners.scan(feeder)] == [True]
    (news,) = scanners.news()
    assert message(news.code, news.details).startswith("Khay nạp của HP LaserJet MFP không có giấy")
    list(scanners.scan(feeder))
    assert scanners.news() == ()
    one.load([Laid(Kind.SLIP, 1)])
    assert [page.from_glass for page in scanners.scan(feeder)] == [False]
    list(scanners.scan(feeder))
    assert [news.code for news in scanners.news()] == ["scan.from-glass"]


def test_once_a_page_has_come_nothing_is_scanned_twice(scanners: Scanners, one: PretendScanner) -> None:
    one.load([Laid(Kind.SLIP, 1)] * 3)
    one.go_wrong(Mishap.CRASH, at=2)
    came = []
    with pytest.raises(DeviceTrouble) as trouble:
        came.extend(scanners.scan(WISH))
    assert ([page.number for page in came], trouble.value.code) == ([1], "device.crashed")
    assert scanners.fallbacks == []


def test_trouble_with_paper_is_not_the_drivers(scanners: Scanners, one: PretendScanner) -> None:
    one.go_wrong(Mishap.JAM)
    with pytest.raises(DeviceTrouble) as trouble:
        list(scanners.scan(WISH))
    assert trouble.value.code == "device.jam"


def test_another_machine_is_no_way_out(scanners: Scanners, one: PretendScanner, other: PretendScanner) -> None:
    device = Device("pretend", "Canon LiDE 300", "one", "USB")
    one.go_wrong(Mishap.OFFLINE)
    with pytest.raises(DeviceTrouble) as trouble:
        list(scanners.scan(WISH, device=device))
    assert trouble.value.code == "device.offline"


def test_every_reason_to_go_another_way_is_a_trouble() -> None:
    assert SENTENCES.keys() >= ANOTHER_WAY


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Device("a", "HP LaserJet MFP", "sane", "USB"), Device("b", "HP LaserJet MFP M28w", "escl", "10.0.0.2"), True),
        (Device("a", "Máy quét", "sane", "10.0.0.2"), Device("b", "Brother DCP", "escl", "10.0.0.2"), True),
        (Device("a", "Scanner", "wia", "USB"), Device("b", "Canon Scanner 2", "escl", "10.0.0.2"), False),
        (Device("a", "Canon LiDE", "sane", "USB"), Device("b", "Epson DS", "wia", "USB"), False),
        (Device("a", "", "sane", ""), Device("b", "Epson DS", "wia", ""), False),
    ],
)
def test_which_are_one_machine(one: Device, other: Device, same: bool) -> None:
    assert is_same(one, other) is same
    assert is_same(other, one) is same


def test_a_scan_that_broke_off_is_handed_over(scanners: Scanners, one: PretendScanner) -> None:
    one.load([Laid(Kind.SLIP, 1)] * 2)
    pages = scanners.scan(WISH, about={"draft": "d-7"})
    next(iter(pages))
    pages.close()  # type: ignore[attr-defined]
    assert [(tray.about, len(tray.names())) for tray in scanners.left()] == [({"draft": "d-7"}, 1)]


# -- the doctor


def test_the_doctor_names_every_driver_and_device(
    scanners: Scanners, one: PretendScanner, other: PretendScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        monkeypatch.setitem(doctor.DRIVERS, name, name)
    other.go_wrong(Mishap.OFFLINE)
    found = facts(scanners, [Device("c", "Máy soi", "camera")])
    assert found == [
        Fact(one.name, "one", True, "mặt kính, khay nạp, hai mặt; màu, xám, đen trắng; 150, 200, 300 dpi"),
        Fact("other", "other", True, "Không thấy máy nào.", note=True),
        Fact("Máy soi", "camera", True, "Máy ảnh, máy soi giấy tờ"),
    ]
    texts.use("en")
    assert facts(scanners)[0].detail.startswith("glass, feeder, both sides; colour")


def test_the_doctor_says_what_is_wrong(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.DRIVERS, "bad", "Driver hỏng")
    monkeypatch.setitem(doctor.DRIVERS, "worse", "Driver tệ hơn")
    monkeypatch.setattr(serial_card, "ports", lambda: [("/dev/ttyUSB0", "reader")])
    settings.set("scan_device", "sane:gone")
    settings.set("scan_addresses", "127.0.0.1:1")
    settings.set("card_port", "COM9")
    drivers = {
        "worse": partial(bad, tmp_path, "find-jam", 3),
        "bad": partial(bad, tmp_path, "abilities-jam", 3),
    }
    found = facts(Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers))
    assert [(fact.name, fact.driver, fact.ok) for fact in found] == [
        ("gone", "sane", False),
        ("Driver tệ hơn", "worse", False),
        ("Máy quét Mẫu", "bad", False),
        ("127.0.0.1:1", "escl", False),
        ("COM9", "serial", False),
    ]
    assert [fact.detail for fact in found] == [
        message("device.offline"),
        message("device.jam"),
        message("device.jam"),
        message("device.offline"),
        message("reader.gone", {"port": "COM9"}),
    ]


def test_a_driver_that_was_never_installed_is_missed_by_whoever_chose_it(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.DRIVERS, "bad", "Driver")
    made = Scanners(Spool(tmp_path / "spool"), settings, drivers={"bad": partial(bad, tmp_path, "missing", 3)})
    assert [(fact.ok, fact.note) for fact in facts(made)] == [(True, True)]
    settings.set("scan_device", "bad:x")
    assert [(fact.ok, fact.note) for fact in facts(made)] == [(False, False), (False, False)]


def test_a_port_and_a_folder_that_are_there(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_card, "ports", lambda: [("COM3", "reader")])
    settings.set("card_port", "COM3")
    settings.set("scan_folder", str(tmp_path / "vào"))
    (tmp_path / "vào").mkdir()
    made = Scanners(Spool(tmp_path / "spool"), settings)
    drivers = {"folder": made.drivers()["folder"]}
    found = facts(Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers))
    assert [(fact.driver, fact.ok, fact.detail) for fact in found] == [
        ("folder", True, str(tmp_path / "vào")),
        ("serial", True, "Có cổng này."),
    ]
    (tmp_path / "vào").rmdir()
    assert not facts(Scanners(Spool(tmp_path / "spool"), settings, drivers=drivers))[0].ok


def test_a_network_scanner_behind_the_wall(tmp_path: Path, settings: Settings) -> None:
    simulator = EsclSimulator()
    with running(simulator) as root:
        made = Scanners(Spool(tmp_path / "spool"), settings, drivers={"escl": partial(made_escl, root)})
        device = made.device()
        assert device.name == "Máy quét Mẫu 100"
        assert len(list(made.scan(ScanWish(dpi=100), device=device))) == 1


if sane.is_here():

    def test_sane_behind_the_wall(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """The whole road: settings, wall, spool, scanimage, the `test` backend."""
        monkeypatch.setenv("SANE_CONFIG_DIR", str(sane.configured(tmp_path / "sane", "test")))
        made = Scanners(Spool(tmp_path / "spool"), settings)
        settings.set("scan_device", "sane:test:0")
        assert [page.number for page in made.scan(ScanWish(dpi=75))] == list(range(1, 11))
        assert list((tmp_path / "spool").iterdir()) == []
