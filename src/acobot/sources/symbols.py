"""Signs of symbol fonts → the characters that they show. Such a font keeps them in a private area, F000-F0FF."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
_OTHER_PRIVATE = range(0xE000, 0xF900)
# Adobe's encoding of the font Symbol, from 0x21 and from 0xA1; a space where it has no sign of its own.
_SYMBOL = {
    **dict(enumerate("!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_", 0x21)),
    **dict(enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼", 0x61)),
    **dict(enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…", 0xA0)),
    **dict(enumerate("ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑", 0xC0)),
    0xF1: "〉",
    0xF2: "∫",
}
_WINGDINGS = {
    **dict(enumerate("✂", 0x22)),
    **dict(enumerate("☎✆✉", 0x28)),
    **dict(enumerate("☺😐☹", 0x4A)),
    **dict(enumerate("●❍■□", 0x6C)),
    **dict(enumerate("❑❒⬧⧫◆❖⬥", 0x71)),
    **dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80)),
    **dict(enumerate("•▪○", 0x9F)),
    **dict(enumerate("▪☐", 0xA7)),
    **dict(enumerate("←→↑↓↖↗↙↘", 0xDF)),
    **dict(enumerate("⇦⇨⇧⇩⬄⇳", 0xEF)),
    **dict(enumerate("✗✓☒☑", 0xFB)),
    0x6F: "☐",
    0x70: "☐",
    0xA1: "○",
    0xA4: "◉",
    0xAB: "★",
    0xD8: "➢",
    0xE8: "➔",
    0xF0: "⇨",
}
_WINGDINGS_2 = {
    **dict(enumerate("✗✓☒☑☒", 0x4F)),
    0x97: "•",
    0x98: "●",
    0xA1: "■",
    0xA2: "□",
    0xA3: "☐",
}
_WINGDINGS_3 = {**dict(enumerate("←→↑↓↖↗↙↘", 0x66)), 0x7D: "▶", 0x84: "◀"}
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗", 0xC8: "☎", 0xC9: "☎"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def sign(font: str, code: str) -> str:
    """What <w:sym w:font="…" w:char="…"/> shows; empty where nobody can say."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return shown(char, font)


def shown(text: str, font: str = "") -> str:
    """A text in a font: signs of a symbol font, and private characters, as what they show."""
    signs = _FONTS.get(font.casefold())
    if signs is None and text.isascii():
        return text
    return "".join(_shown(char, signs) for char in text)


def private_shown(text: str, font: str) -> str:
    """A text with its private characters as what they show in a font; letters stay as they are."""
    if text.isascii():
        return text
    signs = _FONTS.get(font.casefold())
    return "".join(_shown(char, signs) if ord(char) in _OTHER_PRIVATE else char for char in text)


def _shown(char: str, signs: dict[int, str] | None) -> str:
    code = ord(char)
    if code in _PRIVATE:
        return (_SYMBOL if signs is None else signs).get(code - _PRIVATE.start, " " if code == 0xF020 else "")
    if code in _OTHER_PRIVATE:
        return ""
    return char if signs is None or char.isspace() else signs.get(code, "" if char.isascii() else char)
