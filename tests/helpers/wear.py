"""What a scanner, a copier or a telephone does to a sheet, in levels; seeded, so that anyone gets the same pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps


@dataclass(frozen=True, slots=True)
class Wear:
    """How much of each: dots an inch, degrees, pixels of blur at 300 dpi, grey levels of noise, JPEG quality (0: PNG),
    grey levels of shade from one side to the other, a fold across the middle, the lid round the sheet (None: none)."""

    dpi: int = 300
    skew: float = 0.0
    turn: int = 0
    blur: float = 0.6
    noise: float = 2.0
    quality: int = 75
    shade: float = 8.0
    fold: bool = False
    lid: int | None = None
    copied: bool = False
    seed: int = 1


LEVELS: dict[str, Wear] = {
    "clean": Wear(),
    "office": Wear(dpi=200, skew=1.0, noise=4.0, quality=70),
    "worn": Wear(dpi=200, skew=2.5, blur=1.2, noise=8.0, quality=60, shade=25.0, fold=True),
    "poor": Wear(dpi=150, skew=3.5, blur=1.4, noise=12.0, quality=50, shade=40.0, fold=True, copied=True),
    "noisy": Wear(dpi=200, skew=1.0, blur=1.2, noise=45.0, quality=40),
}
"""From a fresh print on a good scanner to a copy of a copy; `noisy` is where Tesseract alone finds nothing."""


def worn(page: Image.Image, wear: Wear, page_dpi: int = 300) -> Image.Image:
    """The sheet as the device delivers it."""
    if wear.copied:
        page = ImageOps.autocontrast(page.convert("L"), cutoff=1).convert("RGB")
    if wear.dpi != page_dpi:
        size = (round(page.width * wear.dpi / page_dpi), round(page.height * wear.dpi / page_dpi))
        page = page.resize(size, Image.Resampling.LANCZOS)
    if wear.fold:
        page = _folded(page)
    if wear.lid is not None:
        page = on_lid(page, wear.lid, wear.dpi, wear.skew)
    elif wear.skew:
        page = page.rotate(wear.skew, resample=Image.Resampling.BICUBIC, fillcolor=page.getpixel((3, 3)))
    if wear.turn:
        page = page.transpose(
            {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}[wear.turn]
        )
    page = page.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 300))
    return Image.fromarray(_grained(np.asarray(page), wear))


def _grained(pixels: npt.NDArray[np.uint8], wear: Wear) -> npt.NDArray[np.uint8]:
    """Noise of the light, the same in all colours, half as much of each colour's own (one tile of it, again and again),
    and the shade that grows to the right."""
    high, wide = 300, pixels.shape[1]
    tile = np.random.default_rng(wear.seed).standard_normal((high, 400, 4), dtype=np.float32) * np.float32(wear.noise)
    grain = np.tile(tile[..., :1] + tile[..., 1:] / 2, (1, wide // 400 + 1, 1))[:, :wide]
    band = np.rint(grain - wear.shade * np.linspace(0, 1, wide, dtype=np.float32)[None, :, None]).astype(np.int16)
    made = np.empty_like(pixels)
    for top in range(0, pixels.shape[0], high):
        rows = pixels[top : top + high]
        np.clip(rows + band[: len(rows)], 0, 255, out=made[top : top + high], casting="unsafe")
    return made


def _folded(page: Image.Image) -> Image.Image:
    pixels = np.asarray(page).astype(np.float32)
    middle, reach = pixels.shape[0] // 2, pixels.shape[0] // 60
    rows = np.abs(np.arange(pixels.shape[0]) - middle)
    dark = np.where(rows < reach, 22 * (1 - rows / reach), 0).astype(np.float32)
    dark[rows < 2] += 25
    return Image.fromarray(np.clip(pixels - dark[:, None, None], 0, 255).astype(np.uint8))


def on_lid(page: Image.Image, lid: int, dpi: int, skew: float = 0.0, margin: float = 0.8) -> Image.Image:
    """The sheet on the glass of a larger scanner, the lid (a grey level) round it and a thin shadow along two edges."""
    across, down = round(page.width + 2 * margin * dpi), round(page.height + 2 * margin * dpi)
    glass = Image.new("RGB", (across, down), (lid,) * 3)
    shadow = Image.new("L", page.size, 255)
    sheet = page.convert("RGBA")
    sheet.putalpha(shadow)
    turned = sheet.rotate(skew, resample=Image.Resampling.BICUBIC, expand=True)
    alpha = turned.getchannel("A").filter(ImageFilter.GaussianBlur(dpi / 120))
    dark = Image.new("RGB", turned.size, (max(0, lid - 45),) * 3)
    at = ((across - turned.width) // 2, (down - turned.height) // 2)
    glass.paste(dark, (at[0] + dpi // 100, at[1] + dpi // 100), alpha)
    glass.paste(turned, at, turned)
    return glass


def shown_through(front: Image.Image, back: Image.Image | None = None, strength: float = 0.12) -> Image.Image:
    """The back of a thin sheet: the front, mirrored, blurred and faint, on `back` (None: empty paper)."""
    mirrored = ImageOps.mirror(front).filter(ImageFilter.GaussianBlur(front.width / 800))
    empty = back or Image.new("RGB", front.size, front.getpixel((3, 3)))
    darkness = (255.0 - np.asarray(mirrored).astype(np.float32)) * strength
    return Image.fromarray(np.clip(np.asarray(empty).astype(np.float32) - darkness, 0, 255).astype(np.uint8))


def photographed(page: Image.Image, dpi: int = 200, table: int = 70, tilt: float = 14.0, seed: int = 1) -> Image.Image:
    """The sheet on a table under a telephone that is held askew by up to `tilt` degrees each way: true perspective,
    uneven light, some noise."""
    frame = Image.new("RGB", (round(page.width * 1.35), round(page.height * 1.3)), (table, table - 8, table - 15))
    corners = [(0.0, 0.0), (page.width, 0.0), (page.width, page.height), (0.0, page.height)]
    put = seen_corners(page.size, frame.size, tilt, seed)
    across = [(float(x), float(y)) for x, y in put]
    way = _coefficients(across, corners)
    sheet = page.convert("RGBA").transform(frame.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC)
    frame.paste(sheet, (0, 0), sheet)
    return worn(frame, Wear(dpi=dpi, noise=5.0, blur=0.8, shade=45.0, seed=seed), dpi)


def seen_corners(
    size: tuple[int, int], frame: tuple[int, int], tilt: float, seed: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Where a lens 1.3 sheets away sees the corners of a sheet that it looks at from a little aside."""
    chance = np.random.default_rng(seed)
    lean, pitch = np.radians(chance.uniform(-tilt, tilt, 2))
    turn = np.radians(chance.uniform(-4, 4))
    across, down = size
    flat = np.array([[-across, -down, 0], [across, -down, 0], [across, down, 0], [-across, down, 0]]) / 2
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_y = np.array([[np.cos(lean), 0, np.sin(lean)], [0, 1, 0], [-np.sin(lean), 0, np.cos(lean)]])
    about_z = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    moved = flat @ (about_x @ about_y @ about_z).T
    away = 1.3 * max(size)
    seen = moved[:, :2] * (away / (away + moved[:, 2:]))
    return np.asarray(seen * 0.97 + np.array(frame) / 2)


def _coefficients(target: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    values = np.array([part for pair in source for part in pair])
    return [float(part) for part in np.linalg.solve(np.array(rows), values)]


def jpeg(page: Image.Image, quality: int = 75, dpi: int = 300) -> bytes:
    """As a scanner delivers it."""
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=quality, dpi=(dpi, dpi))
    return stream.getvalue()


def scanned(page: Image.Image, wear: Wear, page_dpi: int = 300) -> bytes:
    """The sheet worn and encoded: JPEG, or PNG where the quality is 0."""
    picture = worn(page, wear, page_dpi)
    if wear.quality:
        return jpeg(picture, wear.quality, wear.dpi)
    stream = io.BytesIO()
    picture.save(stream, "PNG", dpi=(wear.dpi, wear.dpi))
    return stream.getvalue()


def level(name: str, **changes: object) -> Wear:
    """One of LEVELS, with something changed."""
    return replace(LEVELS[name], **changes)  # type: ignore[arg-type]
