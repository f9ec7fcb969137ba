"""Nothing is said in one language only: every Text has both, and nothing but a Text is shown.

Each rule is first shown code that breaks it, then the whole project; so a rule that has gone blind is noticed.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest

from tests.sources import calls, findings, found, words_of

HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
LETTER = re.compile(r"[^\W\d_]")


def half_translated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """A Text whose literals are not one message in Korean and in English."""
    for name, call in calls(tree):
        if name == "same" and call.args and len("".join(words_of(call.args[0])).split()) > 3:
            yield call.lineno, f"a sentence is not the same in both languages: {ast.unparse(call.args[0])}"
        if name != "Text":
            continue
        sides = dict(zip(("ko", "en"), call.args, strict=False)) | {word.arg: word.value for word in call.keywords}
        ko, en = ("".join(words_of(sides.get(side))) for side in ("ko", "en"))
        if not all(isinstance(sides.get(side), ast.Constant) for side in ("ko", "en")):
            # Put together from other texts; only what is said literally can be read here.
            if LETTER.search(marks_removed(ko)) and not HANGUL.search(ko):
                yield call.lineno, f"no Hangul in the Korean: {ko!r}"
            continue
        if not ko.strip() or not en.strip():
            yield call.lineno, f"a language is empty: {ko!r}, {en!r}"
        elif ko == en and LETTER.search(marks_removed(ko)):
            yield call.lineno, f"the same twice; say same(): {ko!r}"
        elif LETTER.search(marks_removed(ko)) and not HANGUL.search(ko):
            yield call.lineno, f"no Hangul in the Korean: {ko!r}"
        if HANGUL.search(en) and not LETTER.search(HANGUL.sub("", marks_removed(en))):
            yield call.lineno, f"no English in the English: {en!r}"
        try:
            marks = [
                sorted({mark for _, mark, _, _ in string.Formatter().parse(side) if mark is not None})
                for side in (ko, en)
            ]
        except ValueError as error:
            yield call.lineno, f"its braces are no marks ({error}): {en!r}"
            continue
        if marks[0] != marks[1]:
            yield call.lineno, f"Korean has {marks[0]}, English has {marks[1]}: {en!r}"
        if "" in marks[0] + marks[1]:
            yield call.lineno, f"a mark has no name: {en!r}"


def marks_removed(words: str) -> str:
    return re.sub(r"\{[^}]*\}", "", words)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('Text("", "Go")', "a language is empty"),
        ('Text(ko="고", en=" ")', "a language is empty"),
        ('Text("Go", "Go")', "say same()"),
        ('Text("Run", "Go")', "no Hangul in the Korean"),
        ('Text("{cue} GO", "{cue} go")', "no Hangul in the Korean"),
        ('Text(f"{cue} GO", f"{cue} go")', "no Hangul in the Korean"),
        ('Text("고", "고")', "no English in the English"),
        ('Text("고 {cue}", "{cue} 고!")', "no English in the English"),
        ('Text("{cue} 고", "Go {que}")', "Korean has ['cue'], English has ['que']"),
        ('Text("{cue 고", "Go {cue}")', "its braces are no marks"),
        ('Text("{} 고", "Go {}")', "a mark has no name"),
        ('same("The link to OBS is gone")', "a sentence is not the same"),
    ],
)
def test_a_half_translated_text_is_found(code: str, words: str) -> None:
    assert [finding for finding in found(half_translated, code) if words in finding]


@pytest.mark.parametrize(
    "code",
    [
        'Text("{cue} 고", "Go {cue}")',
        'Text(ko="고", en="Go")',
        'Text("{surface}: {reason}", "{surface}: {reason}")',
        'Text("{cue} – {surface}", "{surface}: {cue}")',
        'Text(f"{city.ko} {role.ko}", f"{role.en}, {city.en}")',
        "Text(ko=word, en=word)",
        'Text("● 리허설 REHEARSAL", "● REHEARSAL 리허설")',
        'Text(f"{label.ko} · {{seen}}", f"{label.en} · {{seen}}")',
        'same("OBS Studio")',
    ],
)
def test_a_text_in_both_languages_passes(code: str) -> None:
    assert found(half_translated, code) == []


def test_every_text_is_in_korean_and_in_english() -> None:
    assert findings(half_translated, "studio_console") == []


# What shows its words to a person: calls by the last part of their name, and keywords of any call.
SHOWING = """
    QLabel QAction QPushButton QToolButton QCheckBox QRadioButton QGroupBox QMenu QDockWidget QMessageBox QToolBar
    QListWidgetItem QTableWidgetItem QTreeWidgetItem QStandardItem QProgressDialog
    setText setPlainText setHtml setMarkdown setToolTip setStatusTip setWhatsThis setWindowTitle setTitle
    setPlaceholderText setInformativeText setDetailedText setLabelText setIconText setTabText setItemText
    setHorizontalHeaderLabels setVerticalHeaderLabels setHeaderLabels setPrefix setSuffix setSpecialValueText
    setAccessibleName setAccessibleDescription addAction addMenu addTab addItem addItems addButton addRow addSection
    insertItem insertTab insertRow showMessage showText drawText drawStaticText
    information warning critical question about getText getItem getOpenFileName getSaveFileName getExistingDirectory
    print add_task
"""
SHOWING_KEYWORDS = {"help", "description", "epilog"}
NO_WORDS = re.compile(r"<[^>]*>|\[/?[a-z #0-9]*\]|studio-console")
"""Mark-up, and the program's own name."""


def bare_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Words shown to a person in one language only."""
    for name, call in calls(tree):
        shown: list[ast.expr] = [word.value for word in call.keywords if word.arg in SHOWING_KEYWORDS]
        if name in SHOWING.split() and not is_logging(call):
            shown += call.args
            shown += [word.value for word in call.keywords if word.arg in ("text", "title", "label")]
        for expression in shown:
            for words in words_of(expression):
                if LETTER.search(NO_WORDS.sub("", words)):
                    yield call.lineno, f"a bare text in {name}(): {words!r}"


def is_logging(call: ast.Call) -> bool:
    """``LOG.warning(…)`` is for the log, ``QMessageBox.warning(…)`` for a person."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner)):
            return owner.lower() in ("log", "logger", "logging", "_log", "_logger")
    return False


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("On air")',
        'QLabel("On air", self)',
        'QLabel(text="On air")',
        'label.setText(f"{cue} on air")',
        'label.setText("PGM" if live else "NEXT")',
        'label.setText("Cue {}".format(cue))',
        'label.setText(number + " left")',
        'label.setText("<b>live</b>")',
        'table.setHorizontalHeaderLabels(["Cue", "Time"])',
        'painter.drawText(rect, flags, "송출")',
        'QMessageBox.warning(self, "Sorry", words)',
        'parser.add_argument("--day", help="the day")',
        'print("done")',
    ],
)
def test_a_bare_text_is_found(code: str) -> None:
    assert found(bare_words, code)


@pytest.mark.parametrize(
    "code",
    [
        "label.setText(ON_AIR.show(language))",
        'label.setText(f"{number} · {time:%H:%M}")',
        'label.setText("−0:30")',
        'label.setText(names["program"])',
        'label.setText(f"<b>{number}</b>")',
        'label.setObjectName("on-air")',
        'LOG.warning("the link is gone")',
        'print("[red]")',
    ],
)
def test_what_needs_no_translation_passes(code: str) -> None:
    assert found(bare_words, code) == []


def test_nothing_is_shown_in_one_language_only() -> None:
    gui_and_command_line = ("studio_console/gui", "studio_console/app", "studio_console/cli.py")
    assert findings(bare_words, *gui_and_command_line) == []
