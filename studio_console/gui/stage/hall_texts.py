"""What the hall's form says."""

from __future__ import annotations

from studio_console.core.text import Text

ENTRY = Text("입장 등록", "Coming in")
EXIT = Text("퇴장 등록", "Going out")
KEYS_IN = Text("Enter 다음 · ↑↓ 고르기 · Esc 닫기", "Enter next · ↑↓ choose · Esc close")
KEYS_OUT = Text("글자로 찾기 · ↑↓ 고르기 · Enter 퇴장 · Esc 닫기", "type to find · ↑↓ choose · Enter goes · Esc close")
TAKING_BACK = Text("퇴장 취소", "Undo exit")
KEYS_BACK = Text(
    "↑↓ 고르기 · Enter 아직 홀에 있음 · Esc 그대로 두기", "↑↓ choose · Enter still in · Esc leave it as it is"
)
TOOK_BACK = Text("✓ 퇴장 취소 {name}", "✓ still in: {name}")
CORRECTION = Text("등록 고치기", "Put right")
KEYS_CORRECT = Text("Enter 다음·저장 · Esc 그대로 두기", "Enter next, save · Esc leave it as it is")
CORRECT = Text("고치기", "Put right")
CHOOSE_FIRST = Text("↑↓로 고른 뒤 F6", "Choose with ↑↓, then F6")
CORRECTED = Text("✓ 고침 {name} · {temperature}", "✓ put right: {name} · {temperature}")
KEEP_IN = Text("홀에 두면 허용한 사람의 이름, Enter", "If they stay: the name of who allows it, Enter")
NAME = Text("이름·직함 (ㅅㅇ, 서울)", "Name or role (seoul)")
PARTY = Text("일행·소속 (없으면 비움)", "Party (may be empty)")
TEMPERATURE = Text("체온 36.5 또는 365", "Temperature, 36.5 or 365")
ALLOW = Text("그래도 들이면 허용한 사람의 이름, Enter", "To let them in: the name of who allows it, Enter")
AS_TYPED = Text("“{name}” 그대로", "“{name}” as typed")
NO_NAME = Text("이름이나 직함을 적으세요", "Write a name or a role")
BAD_TEMPERATURE = Text(
    "체온은 36.5처럼 30~45 사이로. 재지 않았으면 비우세요", "A temperature from 30 to 45, as 36.5; empty if not taken"
)
REFUSED = Text("✕ 들이지 않음: {name}", "✕ not let in: {name}")
CAME = Text("✓ 입장 {clock} {name} · {temperature}", "✓ in {clock} {name} · {temperature}")
WENT = Text("✓ 퇴장 {name}", "✓ out {name}")
WRITING = Text("… 적는 중", "… being written")
NOBODY_MATCHES = Text("홀 안에 그런 사람이 없습니다", "Nobody of that name is in the hall")
NOBODY_LEFT = Text("그런 사람은 나가지 않았습니다", "Nobody of that name has gone out")
HOW_TO_GO = Text("이름을 치거나 ↑↓로 고른 뒤 Enter", "Type a name, or choose with ↑↓, then Enter")
MASK = Text("마스크 착용", "mask worn")
NO_MASK = Text("▲ 마스크 없음", "▲ no mask")
NO_ROUTE = Text("동선 —", "route —")
UNMEASURED = Text("미측정", "not measured")
EXPORT = Text("CSV 저장", "Save as CSV")
WENT_OUT = Text("오늘 퇴장 {count}명", "Gone out today: {count}")
INSIDE = Text("홀 안 {count}명", "In the hall: {count}")
