"""What the keys of editing do: open and close the editor, shift, insert, copy, delete, settle what is not saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea

from studio_console.core.change import replace
from studio_console.core.edit_reports import DraftKept, UnsavedSettled
from studio_console.core.editing import (
    CUE_GONE,
    CueDeleted,
    CueDuplicated,
    CueEdited,
    CueInserted,
    CueShifted,
    Draft,
    SessionEdited,
    Unsaved,
    free_name,
    new_cue,
)
from studio_console.core.events import ShowEvent
from studio_console.core.file_edits import LOCKED
from studio_console.core.refusals import NO_RUNDOWN, NOTHING_NEXT
from studio_console.core.rundown import Cue, Day, Session
from studio_console.core.show import Refusal, Show
from studio_console.core.text import Text
from studio_console.core.units import CueId, PressId
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.editing.notice import UnsavedNotice
from studio_console.gui.keys import Act

if TYPE_CHECKING:
    from studio_console.gui.editing.panel import EditorPanel

DRAFT_EVERY = 1000
"""ms. What is typed is kept so often that a crash takes less than two seconds of it."""
EDIT_ACTS = frozenset(
    (
        Act.EDIT,
        Act.EDIT_SESSION,
        Act.CUE_UP,
        Act.CUE_DOWN,
        Act.CUE_NEW,
        Act.CUE_COPY,
        Act.CUE_DELETE,
        Act.EDIT_MINE,
        Act.EDIT_THEIRS,
    )
)
NOTHING_TO_SETTLE = Text("저장되지 않은 편집이 없습니다", "There is no unsaved edit")
LIVE_SKIPPED = Text(
    "파일과 달리 쇼에서 건너뛰게 해 두었습니다(S)", "the show skips it by hand (S), whatever the file says"
)
LIVE_RESTORED = Text("파일과 달리 쇼에서 되살려 두었습니다(S)", "the show keeps it by hand (S), whatever the file says")
DRAFT_FIRST = Text(
    "전에 고치던 내용이 남아 있습니다. Ctrl+M 이어서, Ctrl+T 버리기",
    "An edit from before is still there: Ctrl+M goes on with it, Ctrl+T drops it",
)
NOT_SHOWN = Text("큐시트를 연 다음 고치세요", "Open the cue sheet to edit")


class EditHand(QObject):
    """Owns the editor and the notice over the cue sheet; sends events, writes nothing itself."""

    def __init__(
        self,
        sheet: QAbstractScrollArea,
        actions: Mapping[Act, QAction],
        controls: Controls,
        post: Callable[[ShowEvent], None],
        context: Context,
    ) -> None:
        super().__init__(sheet)
        self._sheet, self._controls, self._post, self._context = sheet, controls, post, context
        self._show = Show()
        self._press: PressId | None = None
        self._drafted = False
        self._panels: dict[bool, EditorPanel] = {}
        """That of cues, and at True that of sessions."""
        self._open: EditorPanel | None = None
        self._anchor: CueId | None = None
        self.notice = UnsavedNotice(sheet, actions, context)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_EVERY)
        self._timer.timeout.connect(self._keep_draft)
        controls.refusal.connect(self._refused)

    @property
    def panel(self) -> EditorPanel:
        """The editor that is open, or that of cues."""
        return self._open or self._made(False)

    def _made(self, session: bool) -> EditorPanel:
        """The editor of cues or of sessions; read and made when it is first asked for: the window need not wait."""
        from studio_console.gui.editing.cue_panel import CuePanel
        from studio_console.gui.editing.session_panel import SessionPanel

        panel = self._panels.get(session)
        if panel is None:
            panel = (SessionPanel if session else CuePanel)(self._sheet, self._context)
            self._panels[session] = panel
            panel.set_locked(LOCKED if self._show.locked else None)
            panel.typed.connect(self._typed)
            panel.saved.connect(self._save)
            panel.left.connect(self._leave)
        return panel

    def show_state(self, context: Context, show: Show) -> None:
        if context is not self._context:
            self._context = context
            for panel in self._panels.values():
                panel.set_context(context)
            self.notice.show_state(context, show.editing, show.day)
        if show is self._show:
            return
        self._show = show
        for panel in self._panels.values():
            panel.set_day(show.day)
            panel.set_locked(LOCKED if show.locked else None)
        self.notice.show_state(context, show.editing, show.day)
        if self._press is not None:
            self._follow(self._press)

    def perform(self, act: Act) -> bool:
        """Does ``act`` if it is one of editing; whether it was."""
        if act not in EDIT_ACTS:
            return False
        if act in (Act.EDIT_MINE, Act.EDIT_THEIRS):
            self._settle(act)
            return True
        day, cue = self._show.day, self._controls.skip_target()
        why = self._objection(cue)
        if why is None and act in (Act.EDIT, Act.EDIT_SESSION) and self._show.editing.draft is not None:
            why = DRAFT_FIRST
        if why is not None or day is None or cue is None:
            self._controls.refused.emit(act, why or NO_RUNDOWN, {})
            return True
        match act:
            case Act.EDIT:
                self._start(cue, day)
            case Act.EDIT_SESSION:
                self._start_session(cue, day)
            case Act.CUE_UP | Act.CUE_DOWN:
                self._controls.press(act, lambda press: CueShifted(cue.id, act is Act.CUE_DOWN, press))
            case Act.CUE_NEW:
                new = new_cue(self._context.event, day, cue)
                self._controls.press(act, lambda press: CueInserted(new, cue.id, press))
            case Act.CUE_COPY:
                id, number = free_name(self._context.event, day, cue)
                self._controls.press(act, lambda press: CueDuplicated(cue.id, id, number, press))
            case Act.CUE_DELETE:
                self._controls.press(act, lambda press: CueDeleted(cue, press))
        return True

    def end(self) -> None:
        """Nothing is sent any more. What is half typed is there the next time."""
        self._timer.stop()
        self._keep_draft()

    def _objection(self, cue: Cue | None) -> Text | None:
        if self._show.locked:
            return LOCKED
        if not self._sheet.isVisible():
            return NOT_SHOWN
        if cue is None:
            return NOTHING_NEXT
        return None if self._show.plan.place(cue.id) is not None else CUE_GONE

    # --- the editor

    def _start(self, cue: Cue, day: Day, texts: Mapping[str, str] | None = None) -> None:
        self._leave()
        self._open, self._anchor = self._made(False), cue.id
        live = self._show.edits.skips.get(cue.id)
        by_hand = live is not None and live is not cue.skip
        self._open.open(cue, day, texts, {"skip": LIVE_SKIPPED if live else LIVE_RESTORED} if by_hand else None)

    def _start_session(self, cue: Cue, day: Day, texts: Mapping[str, str] | None = None) -> None:
        """On the session of ``cue``."""
        session = next(part for part in day.sessions if any(each.id == cue.id for each in part.cues))
        self._leave()
        self._open, self._anchor = self._made(True), cue.id
        self._open.open(replace(session, cues=()), day, texts)

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep_draft(self) -> None:
        panel = self._open
        typed = panel.typed_texts if panel is not None else {}
        if typed and self._anchor is not None:
            self._drafted = True
            # Of the other fields the draft says nothing: others may change them before it is gone on with.
            self._post(DraftKept(Draft(self._anchor, typed, panel is self._panels.get(True))))

    def _forget_draft(self) -> None:
        self._timer.stop()
        if self._drafted:
            self._drafted = False
            self._post(DraftKept(None))

    def _save(self, was: Cue | Session, now: Cue | Session) -> None:
        def edit(press: PressId) -> ShowEvent:
            self._press = press
            if isinstance(was, Session) and isinstance(now, Session) and self._anchor is not None:
                return SessionEdited(was, now, self._anchor, press)
            assert isinstance(was, Cue)
            assert isinstance(now, Cue)
            return CueEdited(was, now, press)

        self._controls.press(Act.EDIT, edit)

    def _leave(self) -> None:
        self._press = None
        if self._open is not None:
            self._open.shut()
            self._open = None
        self._forget_draft()

    def _follow(self, press: PressId) -> None:
        """The editor closes when its edit is in the files, or is kept where the notice tells of it."""
        waiting = next((each for each in self._show.editing.unsaved if each.edit.press == press), None)
        if press in self._show.editing.settled or (waiting is not None and waiting.why is not None):
            self._leave()

    def _refused(self, refusal: Refusal) -> None:
        if self._press is not None and refusal.press == self._press:
            self._press = None
            if self._open is not None:
                self._open.refuse(refusal.reason.filled(**refusal.values))

    # --- what is not saved

    def _settle(self, act: Act) -> None:
        write = act is Act.EDIT_MINE
        waiting = self._waiting()
        draft = self._show.editing.draft
        if waiting is not None:
            self._controls.press(act, lambda press: UnsavedSettled(waiting.edit.press, write, press))
        elif draft is None:
            self._controls.refused.emit(act, NOTHING_TO_SETTLE, {})
        elif not write:
            self._post(DraftKept(None))
        else:
            day = self._show.day
            cue = next((cue for cue in (day.cues if day is not None else ()) if cue.id == draft.cue), None)
            why = self._objection(cue)
            if why is not None or cue is None or day is None:
                self._controls.refused.emit(act, why or CUE_GONE, {})
                return
            begin = self._start_session if draft.session else self._start
            begin(cue, day, draft.texts)
            self._keep_draft()

    def _waiting(self) -> Unsaved | None:
        return next((each for each in self._show.editing.unsaved if each.why is not None), None)
