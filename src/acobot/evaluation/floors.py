"""The least values that measures may have: a JSON file with an object of measures for each questions file.

Of what is better when lower, `LOWER_IS_BETTER`, it is the most.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from acobot.errors import SettingsError
from acobot.evaluation.reporting import Report

Floors = Mapping[str, float]
LOWER_IS_BETTER = frozenset({"calibration_error", "words_an_answer", "milliseconds_median", "milliseconds_p95"})


def read_floors(path: Path, questions: Sequence[Path]) -> tuple[Floors, ...]:
    """The floors of each questions file, by its name. Raises `SettingsError` naming the key, and the mend."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        floors = tuple({str(name): float(least) for name, least in told[file.name].items()} for file in questions)
    except KeyError as error:
        raise SettingsError(f"the floors {path} have nothing for {error}; add an object of measures for it") from None
    except (OSError, ValueError, TypeError, AttributeError) as error:
        what = 'write {"questions file": {"measure": number}}'
        raise SettingsError(f"the floors {path} cannot be used ({error}); {what}") from None
    measures = {field.name for field in fields(Report) if "float" in str(field.type) and "[" not in str(field.type)}
    for name in {name for some in floors for name in some} - measures:
        raise SettingsError(f"the floors {path} name {name!r}; the measures are {', '.join(sorted(measures))}")
    return floors


def find_too_low(report: Report, floors: Floors) -> tuple[str, ...]:
    """What lies below its floor, or above where lower is better, in words; what could not be measured does too."""
    found = []
    for name, limit in floors.items():
        value = getattr(report, name)
        if value is None:
            found.append(f"{name} could not be measured")
        elif name in LOWER_IS_BETTER and value > limit:
            found.append(f"{name} is {value:.3f}, not at most {limit}")
        elif name not in LOWER_IS_BETTER and value < limit:
            found.append(f"{name} is {value:.3f}, not at least {limit}")
    return tuple(found)
