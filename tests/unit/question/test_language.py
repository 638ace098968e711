import json
from pathlib import Path

import pytest

from acobot.answer.messages import only_this
from acobot.index import Vocabulary
from acobot.question import is_foreign_to, make_query
from acobot.question.language import find_language
from tests.fakes import ENGLISH, UK

EVALUATION = Path(__file__).parents[2] / "evaluation"
TYPED = [
    text
    for path in sorted(EVALUATION.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
    for one in [json.loads(line)]
    for text in [one.get("question"), one.get("text"), *(turn["question"] for turn in one.get("turns", []))]
    if text and any(char.isalnum() for char in text)
]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Czy będę musiał płacić za wizytę u lekarza?"),
        ("pl", "kto za to placi"),
        ("pl", "Kiedy podpisano umowę z NHS?"),
        ("ro", "Va trebui să plătesc pentru a merge la medic?"),
        ("ro", "unde este cel mai apropiat spital"),
        ("pa", "ਕੀ ਮੈਨੂੰ ਡਾਕਟਰ ਨੂੰ ਮਿਲਣ ਲਈ ਪੈਸੇ ਦੇਣੇ ਪੈਣਗੇ?"),
        ("ur", "کیا مجھے ڈاکٹر کو دیکھنے کے لیے پیسے دینے ہوں گے؟"),
        ("pt", "Vou ter de pagar para ir ao médico?"),
        ("pt", "nao entendo o que isso significa"),
        ("es", "¿Tendré que pagar para ver a mi médico?"),
        ("es", "donde esta el hospital mas cercano"),
        ("ar", "هل سأدفع لرؤية طبيبي؟"),
        ("bn", "ডাক্তার দেখাতে কি আমাকে টাকা দিতে হবে?"),
        ("gu", "શું મારે ડૉક્ટરને મળવા માટે પૈસા આપવા પડશે?"),
        ("it", "Dovrò pagare per vedere il mio medico?"),
        ("it", "dove si trova l'ospedale più vicino"),
        ("cy", "A fydd rhaid i mi dalu i weld fy meddyg?"),
        ("fr", "Est-ce que je devrai payer pour voir mon médecin ?"),
        ("zh", "什么是责任医疗组织？"),
        ("ru", "Кто платит за это?"),
    ],
)
def test_other_languages_are_told(language: str, text: str) -> None:
    assert find_language(text, "en") == language
    assert make_query(text, ENGLISH, UK).foreign == language


def test_no_english_message_is_taken_for_another() -> None:
    assert [text for text in TYPED if make_query(text, ENGLISH, UK).foreign] == []


@pytest.mark.parametrize(
    "text",
    [
        "Łódź hospital beds",
        "de la Cruz report",
        "private companies contracts manchester",
        "Rio de Janeiro do Sul",
        "wat r acos n y do dey matter",
        "Who is Иван Петров?",
        "quid pro quo",
        "no",
        "Ｗｈａｔ ｉｓ ａｎ ＡＣＯ？",
    ],
)
def test_names_fragments_and_slips_are_no_other_language(text: str) -> None:
    assert make_query(text, ENGLISH, UK).foreign is None


def test_sources_may_be_asked_in_their_own_language() -> None:
    welsh = Vocabulary.of(dict.fromkeys(["faint", "mae", "trwydded", "i", "breswylwyr", "yn", "costio"], 1))
    assert not is_foreign_to("Faint mae trwydded newydd yn costio?", welsh)
    assert is_foreign_to("Czy ACO zastąpi NHS?", Vocabulary.of({"aco": 3, "nhs": 2, "who": 1}))
    assert not is_foreign_to("许可证多少钱", Vocabulary.of({"许可证六十英镑": 1}))
    assert is_foreign_to("许可证多少钱", Vocabulary.of({"licence": 1}))


def test_the_ten_languages_and_welsh_have_their_sentence() -> None:
    assert set(ENGLISH.only_this) == {"en", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "it", "cy"}
    assert only_this(ENGLISH, "fr") == ENGLISH.only_this["en"]


@pytest.mark.parametrize("language", sorted(set(ENGLISH.only_this) - {"en"}))
def test_each_sentence_is_in_its_language(language: str) -> None:
    assert find_language(ENGLISH.only_this[language], "en") == language
