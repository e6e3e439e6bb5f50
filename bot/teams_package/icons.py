"""The app's two pictures, drawn point by point: a bubble with a tick in it."""

import struct
import zlib
from collections.abc import Callable
from itertools import chain

SIDE, OUTLINE_SIDE = 192, 32  # points, as Teams wants them
FINE = 4  # each point is the mean of FINE by FINE
COLOUR, WHITE = (0x12, 0x55, 0x6B), (0xFF, 0xFF, 0xFF)
TRANSPARENT, OPAQUE = 0, 255
SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA_OF_EIGHT_BITS = struct.pack(">BBBBB", 8, 6, 0, 0, 0)

# In a square whose sides are 1.
LEFT, TOP, RIGHT, BOTTOM, ROUND = 0.17, 0.18, 0.83, 0.68, 0.12
TAIL = ((0.30, 0.60), (0.52, 0.66), (0.30, 0.86))
TICK = ((0.34, 0.43), (0.46, 0.55), (0.67, 0.32))
TICK_WIDTH, LINE = 0.045, 0.07

Inside = Callable[[float, float], bool]
Point = tuple[float, float]


def colour_icon() -> bytes:
    """Return the large one: a white bubble on the app's colour, PNG."""

    def point(x: float, y: float) -> tuple[int, int, int, int]:
        return (*(WHITE if _bubble(x, y) and not _tick(x, y) else COLOUR), OPAQUE)

    return _png(SIDE, point)


def outline_icon() -> bytes:
    """Return the small one: white lines on nothing, PNG."""

    def point(x: float, y: float) -> tuple[int, int, int, int]:
        is_line = (_bubble(x, y) and not _bubble(x, y, LINE)) or _tick(x, y)
        return (*WHITE, OPAQUE if is_line else TRANSPARENT)

    return _png(OUTLINE_SIDE, point)


def _bubble(x: float, y: float, within: float = 0.0) -> bool:
    """Tell whether the point is in the bubble, *within* that far of its edge or further in."""
    return _box(x, y, within) or (not within and _triangle(x, y))


def _box(x: float, y: float, within: float) -> bool:
    round_ = ROUND - within
    dx = max(LEFT + ROUND - x, 0.0, x - (RIGHT - ROUND))
    dy = max(TOP + ROUND - y, 0.0, y - (BOTTOM - ROUND))
    return dx * dx + dy * dy <= round_ * round_


def _triangle(x: float, y: float) -> bool:
    a, b, c = TAIL
    sides = [_side(a, b, x, y), _side(b, c, x, y), _side(c, a, x, y)]
    return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)


def _side(start: Point, end: Point, x: float, y: float) -> float:
    return (end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0])


def _tick(x: float, y: float) -> bool:
    first, corner, last = TICK
    near = min(_distance(first, corner, x, y), _distance(corner, last, x, y))
    return near <= TICK_WIDTH


def _distance(start: Point, end: Point, x: float, y: float) -> float:
    """Return how far a point is from the line between *start* and *end*."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    away_x, away_y = start[0] + along * dx - x, start[1] + along * dy - y
    return float((away_x * away_x + away_y * away_y) ** 0.5)


def _png(side: int, point: Callable[[float, float], tuple[int, int, int, int]]) -> bytes:
    rows = b"".join(b"\0" + _row(side, y, point) for y in range(side))
    header = struct.pack(">II", side, side) + RGBA_OF_EIGHT_BITS
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _row(side: int, y: int, point: Callable[[float, float], tuple[int, int, int, int]]) -> bytes:
    step = 1 / (side * FINE)
    fine = [(n + 0.5) * step for n in range(side * FINE)]
    ys = fine[y * FINE : (y + 1) * FINE]
    parts = [[point(x, part) for part in ys] for x in fine]
    bands = (chain(*parts[x * FINE : (x + 1) * FINE]) for x in range(side))
    return b"".join(
        bytes(sum(band) // FINE**2 for band in zip(*all_, strict=True)) for all_ in bands
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    told = kind + data
    return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))
