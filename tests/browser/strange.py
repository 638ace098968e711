"""Sources that no kind person would write: markup, invisible characters, originals elsewhere."""

from __future__ import annotations

BACKWARDS = "\u202e"  # turns the order of all that follows it in a paragraph
OUT = "\u2069"  # ends an isolation, if one lets it
MARKUP = "<b>Owls</b> & <script>alert(1)</script> javascript:alert(2)"
OWL = 'Barn-owls, <img src=x onerror="alert(3)"> & all their kin, sleep in the hollow trees of Wales.'
BADGER = "Badgers dig their setts in the chalk hills - 50%, or more, of them - & sleep there all winter long."
HEDGEHOG = "Hedgehogs sleep under dry leaves for five months of the cold season."

ORIGINAL = f"<!doctype html><title>Badgers</title><p>{'Foxes roam. ' * 2000}<p>{BADGER.replace('&', '&amp;')}<p>End."
WRITTEN = OWL.replace("<", "&lt;")  # a tag would be read as one


def strange_texts(original: str) -> dict[str, str]:
    """Three sources; `original` is the address where two of them say that they come from."""
    return {
        "_site.yaml": "independent_of: the owls & <b>all</b> their kin\n",
        "owls.md": f"---\ntitle: '{MARKUP}'\npublisher: 'Wood{OUT}{BACKWARDS}land'\npublished: 2018-04\n"
        f"asks:\n  - 'Where do barn-owls {BACKWARDS}sleep?'\n---\n\n## Where &lt;i>owls&lt;/i> sleep\n\n{WRITTEN}\n",
        "badgers.md": "---\ntitle: Badgers\npublisher: The Badger Post\npublished: 2017\n"
        f"url: {original}\n---\n\n## Where badgers sleep\n\n{BADGER}\n",
        "hedgehogs.md": "---\ntitle: Hedgehogs\npublisher: The Hedge Office\npublished: 2018-05-01\nkind: summary\n"
        f"url: {original}\n---\n\n## Where hedgehogs sleep\n\n{HEDGEHOG}\n",
    }
