"""What backends call things, read off what `scanimage -A` prints for them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.devices import sane_options
from desktop.devices.sane_options import Option
from desktop.devices.source import Feed, Mode, Sheet

HEAD = "\nAll options specific to device `x':\n  Scan Mode:\n"
BROTHER = HEAD + (
    "    --mode Black & White|Gray[Error Diffusion]|True Gray|24bit Color|24bit Color[Fast] [24bit Color]\n"
    "        Select the scan mode\n"
    "    --resolution 100|150|200|300|400|600|1200|2400|4800|9600dpi [200]\n"
    "    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [F]\n"
    "    -l 0..211.9mm (in steps of 0.0999908) [0]\n"
    "    -x 0..211.9mm (in steps of 0.0999908) [211.8]\n"
    "    -y 0..355.6mm (in steps of 0.0999908) [355.567]\n"
)
FUJITSU = HEAD + (
    "    --source ADF Front|ADF Back|ADF Duplex [ADF Front]\n"
    "    --mode Lineart|Halftone|Gray|Color [Lineart]\n"
    "    --resolution 50..600dpi (in steps of 1) [600]\n"
    "    -x 0..215.872mm (in steps of 0.0211639) [215.872]\n"
    "    -y 0..279.364mm (in steps of 0.0211639) [279.364]\n"
    "    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]\n"
    "    --page-height 0..876.695mm (in steps of 0.0211639) [279.364]\n"
)
EPSON = HEAD + (
    "    --mode Binary|Gray|Color [Binary]\n"
    "    --source Flatbed|Automatic Document Feeder|Transparency Unit [Flatbed]\n"
    "    --adf-mode Simplex|Duplex [inactive]\n"
    "    --resolution 75|150|300|600dpi [75]\n"
    "    -x 0..215.9mm [215.9]\n"
    "    -y 0..297.18mm [297.18]\n"
)
CANON = HEAD + (
    "    --source Flatbed|Card Front|Card Duplex [Flatbed]\n"
    "    --duplex[=(yes|no)] [no]\n"
    "    --mode Lineart|Gray|Color [Gray]\n"
)
PLUSTEK = HEAD + (
    "    --mode Lineart|Gray|Color|48 bits color|48 bits gray [Color]\n"
    "    --source Normal|Transparency|Negative [inactive]\n"
    "    --resolution 50..1200dpi [50]\n"
    "    -x 0..103mm [103]\n"
    "    -y 0..76.21mm [76.21]\n"
)
BARE = HEAD + "    --resolution 300dpi [300] [read-only]\n"


@pytest.mark.parametrize(
    ("text", "feeds", "both", "modes"),
    [
        (
            BROTHER,
            {Feed.FLATBED: "FlatBed", Feed.FEEDER: "Automatic Document Feeder(left aligned)"},
            ("--source", "Automatic Document Feeder(left aligned,Duplex)"),
            {Mode.COLOUR: "24bit Color", Mode.GREY: "True Gray", Mode.BW: "Black & White"},
        ),
        (
            FUJITSU,
            {Feed.FEEDER: "ADF Front"},
            ("--source", "ADF Duplex"),
            {Mode.COLOUR: "Color", Mode.GREY: "Gray", Mode.BW: "Lineart"},
        ),
        (
            EPSON,
            {Feed.FLATBED: "Flatbed", Feed.FEEDER: "Automatic Document Feeder"},
            ("--adf-mode", "Duplex"),
            {Mode.COLOUR: "Color", Mode.GREY: "Gray", Mode.BW: "Binary"},
        ),
        (
            CANON,
            {Feed.FLATBED: "Flatbed"},
            ("--duplex=yes",),
            {Mode.COLOUR: "Color", Mode.GREY: "Gray", Mode.BW: "Lineart"},
        ),
        (
            PLUSTEK,
            {Feed.FLATBED: "Normal"},
            (),
            {Mode.COLOUR: "Color", Mode.GREY: "Gray", Mode.BW: "Lineart"},
        ),
        (BARE, {Feed.FLATBED: None}, (), {Mode.COLOUR: None, Mode.GREY: None}),
    ],
    ids=["brother", "fujitsu", "epson", "canon", "plustek", "bare"],
)
def test_the_words_of_a_backend(
    text: str, feeds: dict[Feed, str | None], both: tuple[str, ...], modes: dict[Mode, str | None]
) -> None:
    words = sane_options.words(sane_options.read(text))
    assert (dict(words.feeds), words.both, dict(words.modes)) == (feeds, both, modes)


def test_a_feeder_that_can_only_do_both_sides_is_a_feeder() -> None:
    words = sane_options.words({"source": Option(("ADF Duplex",))})
    assert words.feeds == {Feed.FEEDER: "ADF Duplex"}


@pytest.mark.parametrize(
    ("text", "sizes", "resolutions"),
    [
        (BROTHER, {Sheet.A4, Sheet.A5, Sheet.CARD}, (100, 150, 200, 300, 400, 600, 1200, 2400, 4800, 9600)),
        (FUJITSU, {Sheet.A4, Sheet.A5, Sheet.CARD}, (75, 100, 150, 200, 240, 300, 400, 600)),
        (EPSON, {Sheet.A4, Sheet.A5, Sheet.CARD}, (75, 150, 300, 600)),
        (PLUSTEK, {Sheet.CARD}, (75, 100, 150, 200, 240, 300, 400, 600)),
        (BARE, set(Sheet), (300,)),
    ],
    ids=["brother", "fujitsu", "epson", "plustek", "bare"],
)
def test_sizes_and_resolutions(text: str, sizes: set[Sheet], resolutions: tuple[int, ...]) -> None:
    can = sane_options.abilities(sane_options.read(text))
    assert can.sizes == sizes
    assert can.resolutions == resolutions


def test_an_option_that_is_not_there_with_what_is_set_is_known_as_such() -> None:
    assert not sane_options.read(EPSON)["adf-mode"].active
    assert sane_options.read(EPSON)["mode"].active


@pytest.mark.parametrize("text", ["", "scanimage: open of device failed", HEAD, "    --mode [inactive]\n"])
def test_what_names_no_options_has_none(text: str) -> None:
    assert sane_options.read(text) == {}


@given(st.sampled_from([BROTHER, FUJITSU, EPSON, CANON, PLUSTEK]), st.data())
@settings(max_examples=300)
def test_no_text_is_more_than_odd(whole: str, data: st.DataObject) -> None:
    text = list(whole)
    for _time in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.sampled_from("0.9|[]()-= \nădp%"))
    can = sane_options.abilities(sane_options.read("".join(text)))
    assert can.sources and can.modes and can.resolutions
