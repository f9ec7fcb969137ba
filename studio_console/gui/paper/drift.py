"""The plot of a day's drift: over and under against time, with the sessions and what happened to the console."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPainter, QPainterPath, QPen, QPolygonF

from studio_console.core.as_run import AsRun
from studio_console.core.clocktext import clock_text, over_text
from studio_console.core.drift_line import DriftPoint
from studio_console.core.text import Language, Text
from studio_console.core.units import HOUR, MINUTE, Duration, Instant
from studio_console.gui.paper import ink
from studio_console.gui.paper.ink import MM

TITLE = Text("지연 그래프", "Drift of the day")
AXIS = Text("▲ 늦음 (+) · 빠름 (−) ▼", "▲ late (+) · early (−) ▼")
ON_TIME = Text("정시", "on time")
NOTHING = Text("송출된 큐가 없습니다", "No cue was on air")
MOST = Text("가장 늦음 {over}", "most late {over}")
LAST = Text("끝 {over}", "at the end {over}")
RESTART = Text("콘솔 재시작", "console restarted")
STEPPED = Text("시계 변경 {amount}", "clock set {amount}")

TIME_STEPS = tuple(Duration(minutes * MINUTE) for minutes in (1, 5, 10, 15, 30, 60, 120, 240, 480, 1440))
OVER_STEPS = tuple(
    Duration(seconds * 1000) for seconds in (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200)
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where instants and durations stand in ``area``."""

    area: QRectF
    since: Instant
    until: Instant
    low: Duration
    high: Duration

    def x(self, at: int) -> float:
        return self.area.left() + self.area.width() * (at - self.since) / max(1, self.until - self.since)

    def y(self, over: int) -> float:
        return self.area.bottom() - self.area.height() * (over - self.low) / max(1, self.high - self.low)


def paint_drift(painter: QPainter, rect: QRectF, report: AsRun, zone: ZoneInfo, language: Language) -> None:
    """The plot inside ``rect``, in units of ``ink``."""
    if not report.drift:
        painter.setFont(ink.letters(10))
        painter.setPen(ink.QUIET)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, NOTHING.show(language))
        return
    area = rect.adjusted(17 * MM, 11 * MM, -4 * MM, -7 * MM)
    scale = _scale(area, report)
    _paint_sessions(painter, scale, report, language)
    _paint_axes(painter, scale, zone, language)
    _paint_marks(painter, scale, report, language)
    _paint_line(painter, scale, report.drift)
    _paint_notes(painter, scale, report.drift, language)
    ink.write(painter, ink.letters(7.5), rect.left(), rect.top(), AXIS.show(language), ink.QUIET)


def _scale(area: QRectF, report: AsRun) -> Scale:
    points = report.drift
    overs = [point.over for point in points]
    step = _step_for(OVER_STEPS, max(MINUTE, max(overs) - min(min(overs), 0)), 6)
    high = Duration(-(-max(*overs, 1) // step) * step)
    low = Duration(min(*overs, 0) // step * step)
    return Scale(area, *span_of(report), low, high)


def span_of(report: AsRun) -> tuple[Instant, Instant]:
    """From when until when the plot goes; there has to be something in it."""
    points = report.drift
    return points[0].at, Instant(max(points[-1].at, points[0].at + MINUTE))


def _step_for(steps: Sequence[Duration], span: int, most: int) -> Duration:
    return next((step for step in steps if span / step <= most), steps[-1])


def _paint_sessions(painter: QPainter, scale: Scale, report: AsRun, language: Language) -> None:
    """When each session really was, as a band with its title above."""
    font = ink.letters(7.5, bold=True)
    for number, session in enumerate(line for line in report.sessions if line.started is not None):
        assert session.started is not None
        left = max(scale.area.left(), scale.x(session.started))
        ended = session.ended if session.ended is not None else scale.until
        right = min(scale.area.right(), scale.x(ended))
        if right <= left:
            continue
        band = QRectF(left, scale.area.top() - 5 * MM, right - left, scale.area.height() + 5 * MM)
        painter.fillRect(band, ink.BAND_GROUND if number % 2 == 0 else ink.HEAD_GROUND)
        painter.setPen(QPen(ink.RULE, 0.2 * MM))
        painter.drawLine(QPointF(left, band.top()), QPointF(left, band.bottom()))
        title = QFontMetricsF(font).elidedText(
            session.title.show(language), Qt.TextElideMode.ElideRight, band.width() - 2 * MM
        )
        if band.width() > 8 * MM:
            ink.write(painter, font, left + MM, band.top() + 0.5 * MM, title)


def _paint_axes(painter: QPainter, scale: Scale, zone: ZoneInfo, language: Language) -> None:
    font = ink.letters(7.5)
    area = scale.area
    step = _step_for(OVER_STEPS, scale.high - scale.low, 8)
    over = scale.low
    while over <= scale.high:
        y = scale.y(over)
        painter.setPen(QPen(ink.INK if over == 0 else ink.HAIR, (0.35 if over == 0 else 0.15) * MM))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        words = ON_TIME.show(language) if over == 0 else over_text(over)
        ink.write(
            painter, font, area.left() - 17 * MM, y - ink.line_height(font) / 2, words, ink.INK, 16 * MM, right=True
        )
        over = Duration(over + step)
    step = _step_for(TIME_STEPS, scale.until - scale.since, 14)
    # Round times of the hall's clock: zones are whole quarters of an hour apart.
    at = Instant(-(-scale.since // step) * step) if step <= HOUR else _whole(scale.since, step, zone)
    while at <= scale.until:
        x = scale.x(at)
        painter.setPen(QPen(ink.RULE, 0.2 * MM))
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 1.2 * MM))
        words = clock_text(at, zone, seconds=False)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        ink.write(painter, font, min(x - wide / 2, area.right() + 3 * MM - wide), area.bottom() + 1.6 * MM, words)
        at = Instant(at + step)


def _whole(since: Instant, step: Duration, zone: ZoneInfo) -> Instant:
    at = Instant(-(-since // HOUR) * HOUR)
    while int(clock_text(at, zone)[:2]) * HOUR % step and at < since + 24 * HOUR:
        at = Instant(at + HOUR)
    return at


def _paint_marks(painter: QPainter, scale: Scale, report: AsRun, language: Language) -> None:
    """Restarts and a clock that was set, as broken lines with a word."""
    marks = [(start.at, RESTART.show(language)) for start in report.starts if start.away is not None]
    marks += [(step.at, STEPPED.show(language, amount=over_text(step.amount))) for step in report.steps if step.amount]
    font = ink.letters(7)
    shown = [(at, words) for at, words in sorted(marks) if scale.since <= at <= scale.until]
    painter.setPen(QPen(ink.QUIET, 0.3 * MM, Qt.PenStyle.DashLine))
    for at, _ in shown:
        painter.drawLine(QPointF(scale.x(at), scale.area.top()), QPointF(scale.x(at), scale.area.bottom()))
    for number, (at, words) in enumerate(shown):
        x = scale.x(at)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        left = x + MM if x + MM + wide < scale.area.right() else x - MM - wide
        down = scale.area.bottom() - ink.line_height(font) * (1.2 + number % 3)
        painter.fillRect(QRectF(left - 0.3 * MM, down, wide + 0.6 * MM, ink.line_height(font)), ink.BAND_GROUND)
        ink.write(painter, font, left, down, words, ink.QUIET)


def _paint_line(painter: QPainter, scale: Scale, points: Sequence[DriftPoint]) -> None:
    """What is late is filled above the line of being on time, what is early below it."""
    corners = [QPointF(scale.x(point.at), scale.y(point.over)) for point in points]
    zero = scale.y(0)
    area = QPainterPath()
    area.moveTo(corners[0].x(), zero)
    for corner in corners:
        area.lineTo(corner)
    area.lineTo(corners[-1].x(), zero)
    area.closeSubpath()
    for colour, half in ((ink.LATE, _above(scale, zero)), (ink.EARLY, _below(scale, zero))):
        painter.save()
        painter.setClipRect(half)
        shade = QColor(colour)
        shade.setAlpha(60)
        painter.fillPath(area, shade)
        painter.restore()
    painter.setPen(QPen(ink.INK, 0.45 * MM, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(corners))


def _above(scale: Scale, zero: float) -> QRectF:
    return QRectF(scale.area.left(), scale.area.top(), scale.area.width(), zero - scale.area.top())


def _below(scale: Scale, zero: float) -> QRectF:
    return QRectF(scale.area.left(), zero, scale.area.width(), scale.area.bottom() - zero)


def _paint_notes(painter: QPainter, scale: Scale, points: Sequence[DriftPoint], language: Language) -> None:
    latest = max(points, key=lambda point: point.over)
    last = points[-1]
    if latest.over >= 1000:
        _note(painter, scale, latest, MOST.show(language, over=over_text(latest.over)))
    if last.at - latest.at > (scale.until - scale.since) / 6 or latest.over < 1000:
        _note(painter, scale, last, LAST.show(language, over=over_text(last.over)))


def _note(painter: QPainter, scale: Scale, point: DriftPoint, words: str) -> None:
    font = ink.letters(8.5, bold=True)
    x, y = scale.x(point.at), scale.y(point.over)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.INK)
    painter.drawEllipse(QPointF(x, y), 0.8 * MM, 0.8 * MM)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    wide, tall = QFontMetricsF(font).horizontalAdvance(words), ink.line_height(font)
    left = x + 1.5 * MM if x + 1.5 * MM + wide < scale.area.right() else x - 1.5 * MM - wide
    down = y - tall - 0.6 * MM
    if down < scale.area.top():
        down = y + 0.6 * MM
    painter.fillRect(QRectF(left - 0.4 * MM, down, wide + 0.8 * MM, tall), QColor(255, 255, 255, 210))
    ink.write(painter, font, left, down, words)


# --- as a picture of its own

PLOT = QSize(round(260 * MM), round(110 * MM))
EDGE = 4 * MM


def drift_picture(
    report: AsRun, heading: str, loud: bool, zone: ZoneInfo, language: Language, pixels: int = 2080
) -> QImage:
    """The plot as pixels, ``heading`` above it."""
    scale = pixels / PLOT.width()
    image = QImage(pixels, round(PLOT.height() * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        _paint_whole(painter, report, heading, loud, zone, language)
    finally:
        painter.end()
    return image


def drift_png(report: AsRun, heading: str, loud: bool, zone: ZoneInfo, language: Language) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(drift_picture(report, heading, loud, zone, language))
    return bytes(buffer.data().data())


def drift_svg(report: AsRun, heading: str, loud: bool, zone: ZoneInfo, language: Language) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(round(MM * 25.4))
    generator.setSize(PLOT)
    generator.setViewBox(QRectF(0, 0, PLOT.width(), PLOT.height()))
    generator.setTitle(heading)
    painter = QPainter(generator)
    try:
        _paint_whole(painter, report, heading, loud, zone, language)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _paint_whole(
    painter: QPainter, report: AsRun, heading: str, loud: bool, zone: ZoneInfo, language: Language
) -> None:
    font = ink.letters(12, bold=True)
    width = PLOT.width() - 2 * EDGE
    line = ink.lines_of(heading, font, width, 1)[0]
    ink.write(painter, font, EDGE, EDGE, line, ink.LOUD if loud else ink.INK)
    rect = QRectF(EDGE, EDGE + 9 * MM, width, PLOT.height() - 2 * EDGE - 9 * MM)
    paint_drift(painter, rect, report, zone, language)
