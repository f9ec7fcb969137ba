"""Event files broken in every way a hurried hand or a bad disk can: the same seed breaks them the same way.

``run_mutation`` is what the tests and the benchmark of ten thousand call.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from studio_console.core.problems import Problem, Severity
from studio_console.files.load import Loaded, load

Mutator = Callable[[random.Random, bytes, bytes], bytes]


def mutated(seed: int, files: Mapping[str, str]) -> dict[str, bytes]:
    """``files`` with one file, now and then two, changed in one to three ways."""
    chance = random.Random(seed)
    changed = {name: text.encode() for name, text in files.items()}
    for name in chance.sample(sorted(changed), 1 + (chance.random() < 0.15)):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            other = changed[chance.choice(sorted(changed))]
            changed[name] = chance.choice(MUTATORS)(chance, changed[name], other)
    return changed


def run_mutation(seed: int, base_files: Mapping[str, str]) -> None:
    """Loads ``base_files`` as mutated by ``seed``. Raises AssertionError where ``load`` breaks a promise."""
    files = mutated(seed, base_files)
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        folder = Path(name)
        for file, data in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        check_promises(load(folder), files, f"seed {seed}")


def check_promises(loaded: Loaded, files: Mapping[str, bytes], what: str) -> None:
    """All or nothing; every problem has a place inside its file and a message in both languages."""
    broken = any(problem.severity is Severity.ERROR for problem in loaded.problems)
    assert (loaded.event is None) == broken, what
    assert (loaded.studio is None) == broken, what
    for problem in loaded.problems:
        _check_place(problem, files, what)
        for language in ("ko", "en"):
            message = problem.message.show(language, **problem.values)
            hint = problem.hint.show(language, **problem.values) if problem.hint else "-"
            assert message.strip(), f"{what}: {problem}"
            assert hint.strip(), f"{what}: {problem}"
            assert "\n" not in problem.show(language), f"{what}: {problem}"
            assert "{" not in _template_rest(problem, language), f"{what}: {problem}"
            assert problem.code, what


def _template_rest(problem: Problem, language: str) -> str:
    """The message without what was filled in: a mark that is left stands out."""
    values = dict.fromkeys(problem.values, "x")
    hint = problem.hint.show(language, **values) if problem.hint else ""  # type: ignore[arg-type]
    return problem.message.show(language, **values) + hint  # type: ignore[arg-type]


def _check_place(problem: Problem, files: Mapping[str, bytes], what: str) -> None:
    place = problem.place
    assert place.file in files, f"{what}: {place}"
    # As an editor counts: the parser, too, takes these for line breaks.
    text = files[place.file].decode("utf-8-sig", "replace")
    rows = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    assert 1 <= place.line <= len(rows), f"{what}: {place}"
    assert 1 <= place.column <= len(rows[place.line - 1]) + 1, f"{what}: {place}"


# --- ways to break a file --------------------------------------------------------------------------------------


def _flip_bytes(chance: random.Random, data: bytes, other: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _insert_sign(chance: random.Random, data: bytes, other: bytes) -> bytes:
    sign = chance.choice(SIGNS)
    place = chance.randrange(len(data) + 1)
    return data[:place] + sign + data[place:]


def _truncate(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _lines(change: Callable[[random.Random, list[bytes]], None]) -> Mutator:
    def mutate(chance: random.Random, data: bytes, other: bytes) -> bytes:
        lines = data.split(b"\n")
        change(chance, lines)
        return b"\n".join(lines)

    return mutate


def _delete_line(chance: random.Random, lines: list[bytes]) -> None:
    first = chance.randrange(len(lines))
    del lines[first : first + chance.choice((1, 1, 2, 5))]


def _double_line(chance: random.Random, lines: list[bytes]) -> None:
    first = chance.randrange(len(lines))
    last = first + chance.choice((1, 1, 3, 12))
    lines[last:last] = lines[first:last]


def _swap_lines(chance: random.Random, lines: list[bytes]) -> None:
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]


def _indent(chance: random.Random, lines: list[bytes]) -> None:
    place = chance.randrange(len(lines))
    line = lines[place]
    by = chance.choice((-4, -2, -1, 1, 2, 4))
    lines[place] = b" " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip())) :]


def _tab(chance: random.Random, lines: list[bytes]) -> None:
    place = chance.randrange(len(lines))
    lines[place] = b"\t" + lines[place].lstrip()


def _join_lines(chance: random.Random, lines: list[bytes]) -> None:
    if len(lines) > 1:
        place = chance.randrange(len(lines) - 1)
        lines[place : place + 2] = [lines[place] + lines[place + 1]]


def _key_typo(chance: random.Random, lines: list[bytes]) -> None:
    places = [place for place, line in enumerate(lines) if b":" in line]
    if places:
        place = chance.choice(places)
        key, _, rest = lines[place].partition(b":")
        if key.strip():
            cut = chance.randrange(len(key) - len(key.lstrip()), len(key))
            lines[place] = key[:cut] + chance.choice((b"", b"e", key[cut : cut + 1] * 2)) + key[cut + 1 :] + b":" + rest


def _other_value(chance: random.Random, lines: list[bytes]) -> None:
    places = [place for place, line in enumerate(lines) if b": " in line]
    if places:
        place = chance.choice(places)
        key, _, _ = lines[place].partition(b": ")
        lines[place] = key + b": " + chance.choice(VALUES)


def _swap_values(chance: random.Random, lines: list[bytes]) -> None:
    places = [place for place, line in enumerate(lines) if b": " in line]
    if len(places) > 1:
        one, two = chance.sample(places, 2)
        first, second = lines[one].partition(b": "), lines[two].partition(b": ")
        lines[one], lines[two] = first[0] + b": " + second[2], second[0] + b": " + first[2]


def _word(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """One word anywhere becomes another, from any file or from the list of nasty ones."""
    words = data.split(b" ")
    place = chance.randrange(len(words))
    words[place] = chance.choice((chance.choice(VALUES), chance.choice(other.split(b" "))))
    return b" ".join(words)


def _other_file(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return other


def _append_other(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data + chance.choice((b"", b"\n---\n")) + other


def _line_ends(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b"\x85")))


def _encoding(chance: random.Random, data: bytes, other: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-8-sig", "cp949", "latin-1")), "replace")


def _nest(chance: random.Random, data: bytes, other: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice((b"[", b"{a: ", b"- ", b"? ")) * chance.choice((3, 60, 20_000)) + data[place:]


SIGNS = (
    *(b"\x00", b"\t", b":", b": ", b"-", b"- ", b"#", b" #", b"'", b'"', b"[", b"]", b"{", b"}", b",", b"&a ", b"*a"),
    *(b"!", b"!!int ", b"|", b">", b"%", b"@", b"`", b"?", b"? ", b"<<: ", b"~", b"\\", b"\r", b"\x1b", b"---\n"),
    *("\ufeff".encode(), "\u200b".encode(), "\x85".encode(), "\u2028".encode(), b"\xff", "😀".encode(), b"...\n"),
)
VALUES = (
    *(b"", b"~", b"null", b"no", b"yes", b"true", b"10:30", b"1.10", b"-1", b"0", b"30", b"1e9", b"0x1f", b"NaN"),
    *(b"25:30", b"48:00", b"00:00", b"99:99", b"2020-02-30", b"9999-12-31", b"0s", b"-5m", b"5m", b"999h", b"open"),
    *(b"[]", b"{}", b"[a, b]", b"{ko: a}", b"{ko: a, en: b}", b"[[[]]]", b'""', b"''", b"cut", b"speech", b"clip"),
    *(b"../../etc/passwd", b"/etc/passwd", b"C:\\x.mp4", b"ws://u:p@h:1", b"ws://[", b"srt://", b"Asia/Seol"),
    *(b"Europe", b"../../x", b"1x1", b"99999x99999", b"0%", b"1000%", b"#fff", b"#123456", "가나다".encode()),
    *(b"&a [*a, *a]", b"*a", b"!!python/object:os.system", b"x" * 5000, "\U0001f600".encode() * 50, b"speaker 0"),
    *(b"input nothing", b"speakers", b"caption fr", b"{", b"]", b"'", b'"', b"|", b">-", b"program", b"wall"),
)
MUTATORS: tuple[Mutator, ...] = (
    *(_flip_bytes, _insert_sign, _truncate, _word, _other_file, _append_other, _line_ends, _encoding, _nest),
    *map(_lines, (_delete_line, _double_line, _swap_lines, _indent, _tab, _join_lines, _key_typo, _other_value)),
    *map(_lines, (_swap_values, _other_value, _key_typo, _indent, _delete_line, _swap_values)),
)
