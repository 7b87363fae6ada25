"""What `motcua check` finds out about paper: scanners and readers, whether pages can be read here, signing, whom the
office believes."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from desktop import filing
from desktop.cli.machine import scanners_of, settings_of
from desktop.devices.doctor import facts
from desktop.office import Office
from desktop.pagework import TRUSTED
from onestop.rules.errors import RuleBroken, Trouble
from onestop.texts import _, message
from paper import ocr
from paper.apart import Apart, WorkFailed
from paper.sign_modules import modules_here
from paper.sign_trust import read_trust

FONT = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts" / "LiberationSerif-Regular.ttf"
WORDS = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
"""Read off a picture of itself: model, reader and the process beside work together."""
WELL = 0.9
"""Share of letters that are read right on such a picture; it is 1."""

Found = tuple[str, bool, str, bool]
"""Name, ok, detail, note: as `check.Finding`."""


def findings(folder: Path, office: Office | None) -> Iterator[Found]:
    """Everything, in the order in which paper goes through the machine. `office` None: before there is one."""
    yield from look_at_scanners(folder, office)
    yield look_at_reading()
    yield look_at_memory(folder, office)
    yield look_at_signing()
    if office is not None:
        yield look_at_trust(office.folder / TRUSTED)


def look_at_scanners(folder: Path, office: Office | None) -> Iterator[Found]:
    """One finding for each driver, device, address and port (`devices/doctor.py`)."""
    for each in facts(scanners_of(folder, office)):
        yield "scanners", each.ok, f"{each.name}: {each.detail}", each.note


def look_at_reading() -> Found:
    """The model of Vietnamese is there, and a line of it is read in the process beside. Without a model pages come in
    all the same; they are only not read."""
    try:
        model = ocr.model_folder()
    except Trouble as trouble:
        return "reading", True, message(trouble.code, trouble.details), True
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-") as scratch, Apart(Path(scratch)) as apart:
            read = apart.run(ocr.read, _drawn(WORDS))
    except (RuleBroken, Trouble) as fault:
        return _unread(message(fault.code, fault.details))
    except (WorkFailed, BrokenExecutor) as fault:  # the process beside breaks down, or does not even start
        return _unread(str(fault).strip().rpartition("\n")[2] or type(fault).__name__)
    well = ocr.agreement(WORDS, read.text)
    if well < WELL:
        said = _("Đọc thử một dòng chữ chỉ đúng {percent} %: bộ nhận dạng chữ ở {folder} hỏng, cài lại.")
        return "reading", False, said.format(percent=round(well * 100), folder=model), False
    return "reading", True, _("Đọc thử đúng, bộ nhận dạng ở {folder}.").format(folder=model), False


def _unread(said: str) -> Found:
    return "reading", False, _("Không đọc được thử một dòng chữ: {said}").format(said=said), False


def _drawn(words: str) -> bytes:
    """A line of print at 200 dots an inch."""
    image = Image.new("L", (1400, 200), "white")
    font = ImageFont.truetype(str(FONT), 44)
    ImageDraw.Draw(image).text((60, 70), words, fill="black", font=font)
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(200, 200))
    return stream.getvalue()


def look_at_memory(folder: Path, office: Office | None) -> Found:
    """How much there is, and whether papers are read beside the work here."""
    settings, there = settings_of(folder, office), filing.memory()
    size = _("{size} GB").format(size=round(there / 1024**3)) if there else _("Không biết bộ nhớ của máy")
    if filing.reads_pages(settings):
        return "memory", True, _("{size}; giấy tờ được đọc lúc rảnh.").format(size=size), False
    if settings.get("read_papers") == "no":
        return "memory", True, _("{size}; không đọc giấy tờ, theo cài đặt.").format(size=size), False
    if not ocr.is_ready():
        return "memory", True, _("{size}; không đọc giấy tờ, thiếu bộ nhận dạng chữ.").format(size=size), False
    return "memory", True, _("{size}, dưới 8 GB: giấy tờ không tự đọc lúc rảnh.").format(size=size), True


def look_at_signing() -> Found:
    """The drivers of tokens on this machine. None is no fault: a key may lie in a file, or with another program."""
    modules: dict[Path, Path] = {}
    for each in modules_here():
        modules.setdefault(each.resolve(), each)  # Debian shows one driver in two places
    if not modules:
        return "signing", True, _("Không thấy phần mềm của thiết bị ký nào."), True
    return "signing", True, ", ".join(map(str, modules.values())), False


def look_at_trust(folder: Path) -> Found:
    """Whom the office believes, and files in that folder that are neither certificates nor lists."""
    trust = read_trust(folder)
    if trust.unreadable:
        said = _("Không đọc được trong {folder}: {names}.")
        return "trust", True, said.format(folder=folder, names=", ".join(trust.unreadable)), True
    if not trust.certificates:
        said = _("Chưa có nơi cấp nào trong {folder}: chữ ký số nộp đến chỉ báo “chưa rõ”.")
        return "trust", True, said.format(folder=folder), True
    said = _("{count} nơi cấp, {lists} danh sách thu hồi.")
    return "trust", True, said.format(count=len(trust.certificates), lists=len(trust.revoked)), False
