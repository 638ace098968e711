import codecs

import pytest

from acobot.sources.decoding import UndecodableError, decode, is_utf16

TEXT = "The café’s licence costs £60 – the second one “£95”."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_text_may_be_saved_in_any_of_the_usual_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf16_is_told_with_its_mark_and_without() -> None:
    assert is_utf16(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"))
    assert is_utf16(TEXT.encode("utf-16-le"))
    assert not is_utf16(TEXT.encode())
    assert not is_utf16(b"Bins\0\0\0\0")


def test_single_bytes_of_windows_in_a_text_of_utf8_are_read() -> None:
    assert decode("It costs £5 – ".encode() + b"it\x92s due.") == "It costs £5 – it’s due."


def test_the_euro_of_latin_9_is_read() -> None:
    assert decode("Das Café kostet 5 € im Jahr.".encode("iso-8859-15")) == "Das Café kostet 5 € im Jahr."


def test_newlines_are_made_one_and_what_nobody_sees_goes() -> None:
    assert decode("Hous\u00ading\r\nsup\u200bport\rre\u2060main\ufeffs, \u0645\u200c\u0645".encode()) == (
        "Housing\nsupport\nremains, \u0645\u200c\u0645"
    )


@pytest.mark.parametrize("encoding", ["cp1251", "cp1253", "koi8-r"])
def test_letters_of_another_alphabet_are_not_taken_for_those_of_windows(encoding: str) -> None:
    words = "Κάδοι και κουτιά" if encoding == "cp1253" else "Мусор вывозят каждую неделю"
    with pytest.raises(UndecodableError, match=r"^it is not UTF-8 \(byte 0x.*save it as UTF-8"):
        decode(words.encode(encoding))


def test_a_nul_is_refused_with_its_line() -> None:
    with pytest.raises(UndecodableError, match="NUL character") as caught:
        decode(b"Bins.\n\nB\0ns.")
    assert caught.value.line == 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_other_letters_without_its_mark_is_refused(encoding: str) -> None:
    with pytest.raises(UndecodableError, match="UTF-16 without a mark"):
        decode("\n".join(["Мусор"] * 50).replace("\n", "\u2028").encode(encoding))


def as_windows(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("text", ["It costs £5.", "Café – we’re open: “Come in”", "5 € für Ältere… à Évry", "20 °C ™"])
def test_what_was_encoded_twice_is_read_as_it_was_meant(text: str) -> None:
    assert as_windows(text) != text
    assert decode(as_windows(text).encode()) == text


def test_a_closing_quotation_mark_may_have_lost_its_last_byte() -> None:
    assert decode("â€œCome inâ€, it says: Â£5".encode()) == "“Come in”, it says: £5"


@pytest.mark.parametrize("text", ["Â£5 and £6", "A “CAFÉ” of MENÜ’s", "MAÇÃ”", "São Â", "forêt â €", "naïve Ã"])
def test_a_text_in_which_a_sign_stands_for_itself_was_encoded_once(text: str) -> None:
    assert decode(text.encode()) == text
