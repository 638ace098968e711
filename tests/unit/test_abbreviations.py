from acobot.abbreviations import learn_abbreviations, spell_out


def test_learns_plural_abbreviations_in_the_singular() -> None:
    text = "This will allow Clinical Commissioning Groups (CCGs) to choose."
    assert list(learn_abbreviations(text)) == [("CCG", "Clinical Commissioning Group")]


def test_spells_out_once_and_only_what_is_not_there() -> None:
    known = {"CCG": "Clinical Commissioning Group"}
    assert spell_out("What do CCGs do? Is a CCG big?", known) == (
        "What do CCGs (Clinical Commissioning Group) do? Is a CCG big?"
    )
    assert spell_out("What is a CCG (clinical commissioning group)?", known) == (
        "What is a CCG (clinical commissioning group)?"
    )
