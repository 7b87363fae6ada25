"""Pictures of pages for the screen: decoded off the GUI thread to the size that is wanted, kept for a while.

What Qt decodes by itself (JPEG, PNG) is decoded on a lane for reading; a PDF, and every stranger kind of picture, is
drawn by the workshop, in the process where strange files are opened. Nothing here ever waits.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QTransform

from desktop.desk import Desk
from desktop.models.pages import Picture
from onestop.rules.errors import RuleBroken, Trouble

KEPT = 96 * 1024 * 1024
"""Bytes of decoded pictures that are kept; those that were looked at last."""
STEP = 256
"""Pictures for looking at closely come in sizes of so many pixels, so that every turn of the wheel is not another."""
LONGEST = 4096
"""Pixels of the longer side of a picture that is decoded: A4 at 350 dots an inch, 50 MB."""
EASY = frozenset({"image/jpeg", "image/png", "image/bmp"})

log = logging.getLogger("motcua.pages")


class Drawer(Protocol):
    """Whoever draws what Qt does not (`desktop/pagework.py`)."""

    def picture(self, blob: str, media_type: str, leaf: int, width: int, height: int) -> bytes:
        """A leaf of a stored file as PNG or JPEG, upright as the file has it, as large as fits. RuleBroken paper.*."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture in a size: as large as fits into width × height as it stands on the screen."""

    picture: Picture
    width: int
    height: int


class PageImages(QObject):
    """`image(picture, room)` gives it at once where it is here, else None; `came(blob)` says when it is."""

    came = Signal(str)

    def __init__(self, desk: Desk, office: Any, drawer: Drawer | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._office, self._drawer = desk, office, drawer
        self._here: OrderedDict[Wanted, QImage] = OrderedDict()
        self._bytes = 0
        self._queues: dict[bool, OrderedDict[Wanted, None]] = {True: OrderedDict(), False: OrderedDict()}
        self._under_way: dict[bool, Wanted | None] = {True: None, False: None}
        # Asked for while something is painted: the reading begins after the painting.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)

    def image(self, picture: Picture, room: QSize) -> QImage | None:
        """The picture as large as fits into `room` (device pixels), None while it is not here. A null image stands for
        one that cannot be drawn."""
        wanted = Wanted(picture, max(1, room.width()), max(1, room.height()))
        found = self._here.get(wanted)
        if found is not None:
            self._here.move_to_end(wanted)
            return found
        easy = picture.media_type in EASY
        if self._under_way[easy] != wanted:
            self._queues[easy][wanted] = None
            self._queues[easy].move_to_end(wanted, last=False)  # what is looked at now comes first
            self._soon.start()
        return None

    def nearest(self, picture: Picture) -> QImage | None:
        """The picture in whatever size it is here, the largest, turned if need be; None where there is none."""
        fits = [
            (key.picture.turn == picture.turn, key.width, key.picture.turn, image)
            for key, image in self._here.items()
            if replace(key.picture, turn=picture.turn) == picture and not image.isNull()
        ]
        if not fits:
            return None
        _same, _width, turn, image = max(fits, key=lambda each: each[:2])
        return _turned(image, picture.turn - turn)

    def forget_wishes(self) -> None:
        """Whoever wanted something looks at something else now."""
        for queue in self._queues.values():
            queue.clear()

    # -- one after the other on each road

    def _go_on(self) -> None:
        for easy, queue in self._queues.items():
            if self._under_way[easy] is None and queue:
                wanted, _none = queue.popitem(last=False)
                self._under_way[easy] = wanted
                self._ask(wanted, easy=easy)

    def _ask(self, wanted: Wanted, *, easy: bool) -> None:
        def then(image: QImage) -> None:
            self._keep(wanted, image)

        def ended() -> None:
            if wanted not in self._here:
                self._keep(wanted, QImage())  # what went wrong was told; it is not tried again with every painting
            self._under_way[easy] = None
            self._soon.start()

        if easy:
            self._desk.ask(decoded, self._office, wanted, then=then, always=ended, owner=self)
        else:
            self._desk.run(drawn, self._office, self._drawer, wanted, then=then, always=ended, owner=self)

    def _keep(self, wanted: Wanted, image: QImage) -> None:
        self._here[wanted] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > KEPT and len(self._here) > 1:
            _old, gone = self._here.popitem(last=False)
            self._bytes -= gone.sizeInBytes()
        self.came.emit(wanted.picture.blob)


def stepped(length: float) -> int:
    """A length in pixels rounded up to the next size in which pictures come, as far as they go."""
    return min(LONGEST, max(STEP, -(-int(length) // STEP) * STEP))


# -- in a worker


def decoded(_connection: Any, office: Any, wanted: Wanted) -> QImage:
    """Decode a stored JPEG or PNG, no larger than wanted; a null image where that cannot be done."""
    try:
        content = office.files.get(wanted.picture.blob)
    except Trouble:
        log.info("the file of a page is not there")
        return QImage()
    return _turned(read_image(content, _room(wanted)), wanted.picture.turn)


def drawn(_report: Any, _office: Any, drawer: Drawer | None, wanted: Wanted) -> QImage:
    """Have a leaf drawn; a null image where that cannot be done."""
    if drawer is None:
        return QImage()
    room, picture = _room(wanted), wanted.picture
    try:
        content = drawer.picture(picture.blob, picture.media_type, picture.leaf, room.width(), room.height())
    except (RuleBroken, Trouble) as trouble:
        log.info("a page cannot be drawn: %s", trouble.code)
        return QImage()
    return _turned(read_image(content, room), picture.turn)


def _room(wanted: Wanted) -> QSize:
    """The room before the page is turned."""
    size = QSize(wanted.width, wanted.height)
    return size.transposed() if wanted.picture.turn % 180 else size


def read_image(content: bytes, room: QSize) -> QImage:
    """An encoded picture, made smaller while it is decoded, never larger; upright as a camera held it."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    sideways = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    fits = room.transposed() if sideways else room
    if size.isValid() and (size.width() > fits.width() or size.height() > fits.height()):
        reader.setScaledSize(size.scaled(fits, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        log.info("a picture cannot be decoded: %s", reader.errorString())
    return image


def _turned(image: QImage, degrees: int) -> QImage:
    return image.transformed(QTransform().rotate(degrees)) if degrees % 360 and not image.isNull() else image
