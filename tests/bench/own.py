"""acobot in a process: `python -m tests.bench.own INDEX QUESTIONS` prints what was measured; settings are ACOBOT_*."""

import json
import sys
from pathlib import Path

from acobot.assistant import open_assistant
from acobot.settings import read_settings
from tests.bench.measuring import measure_answers

if __name__ == "__main__":
    print(json.dumps(measure_answers(open_assistant(read_settings(index=sys.argv[1])).ask, Path(sys.argv[2]))))
