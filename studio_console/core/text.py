"""Text that a person reads, always in Korean and in English."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["ko", "en"]
LANGUAGES: tuple[Language, Language] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or title in both languages; ``{name}`` marks what is filled in when it is shown.

    A message is written where it is used, both languages side by side, so neither can be forgotten; a further
    language is a further field here, and the type checker then finds every place that lacks it.
    """

    ko: str
    en: str

    def show(self, language: Language, /, **values: object) -> str:
        """The text in ``language`` with its marks filled in; a Text among the values is shown in that language."""
        template = self.ko if language == "ko" else self.en
        if not values:
            return template
        return template.format(**{name: shown(value, language) for name, value in values.items()})

    def filled(self, **values: object) -> Text:
        """The text with its marks filled in, in both languages."""
        return Text(self.show("ko", **values), self.show("en", **values))

    def both(self, separator: str = " · ") -> str:
        """Korean and English side by side; once if they are the same."""
        return self.ko if self.ko == self.en else f"{self.ko}{separator}{self.en}"

    def marks(self) -> set[str]:
        """The names of the values to fill in. Raises ValueError if the two languages do not have the same ones."""
        ko, en = ({name for _, name, _, _ in string.Formatter().parse(side) if name} for side in (self.ko, self.en))
        if ko != en:
            raise ValueError(f"Korean has {sorted(ko)}, English has {sorted(en)}: {self.en!r}")
        return en


def same(word: str) -> Text:
    """A word that is the same in both languages: a name of a device, a file, a number."""
    return Text(ko=word, en=word)


def shown(value: object, language: Language) -> object:
    return value.show(language) if isinstance(value, Text) else value
