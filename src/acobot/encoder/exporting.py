"""A sentence-transformers model → its export (see `exported`), once. The only place of acobot that needs torch.

`python -m acobot.encoder.exporting NAME PATH DIGEST EXPORTED` does it aside.

What was written is opened and compared with what sentence-transformers gives, before it gets its name: a model that
comes out otherwise is refused, whatever the reason.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
import tempfile
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from acobot.encoder.exported import (
    FILES,
    FORMAT,
    GRAPH,
    IDS,
    POOLING,
    TOKENIZER,
    TOKENS,
    VECTOR,
    WEIGHTS,
    Card,
    digest_of_file,
    write_card,
)
from acobot.encoder.models import PACKAGED_NAME, ModelFolder, digest_of
from acobot.encoder.running import ROWS, OnnxEncoder, open_export
from acobot.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LIBRARIES = ("torch", "sentence-transformers", "onnx")
LEAST_COSINE = 1 - 1e-4  # of every vector with that of sentence-transformers
LONGEST = 256  # word pieces in a window, also where a model could read more
OPSET = 17
PROBE = "A whole sentence (naïve, of 2018) that its tokenizer splits; and 猫."
MAPPED_FROM = 1024  # bytes of a tensor that is mapped from the file of weights


def export_model(model: ModelFolder) -> Card:
    """Exports a model to `model.exported`, over what is there. Takes ten seconds or so; raises `ModelError`."""
    folder = _check_source(model)
    try:
        model.exported.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".exporting-", dir=model.exported.parent) as scratch:
            work = Path(scratch) / "model"
            work.mkdir()
            card = _export(model, folder, work)
            _put_in_place(work, model.exported)
    except OSError as error:
        raise ModelError(f"the model cannot be exported to {model.exported} ({error.strerror or error})") from None
    return card


def _check_source(model: ModelFolder) -> Path:
    """The sentence-transformers folder of a model that is to be exported."""
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name.replace("-", "_")) is None]
    if model.path is None or missing:
        lacking = f"not installed: {', '.join(missing)}" if missing else "its own folder is not here"
        raise ModelError(
            f"the model {model.name} is not exported in {model.exported}, and cannot be ({lacking}); "
            "run 'acobot export-model' where acobot is installed whole, and copy that folder"
        )
    if model.name == PACKAGED_NAME and digest_of(model.path) != model.digest:
        raise ModelError(f"{str(model.path)!r} is not the published model (its SHA-256 differs); install acobot again")
    return model.path


def _export(model: ModelFolder, folder: Path, work: Path) -> Card:
    """Writes the files of an export, checked, and its card."""
    try:
        loaded = _load(folder)
        _write_graph(loaded, work)
        loaded.tokenizer.backend_tokenizer.save(str(work / TOKENIZER))
        card = _describe(model, loaded, work)
    except Exception as error:  # a damaged or foreign model fails in whatever way its libraries please
        reason = str(error).strip().split("\n")[0]
        raise ModelError(
            f"the model in {str(folder)!r} cannot be loaded and exported ({type(error).__name__}: {reason}); "
            "install acobot again, or set ACOBOT_MODEL to a sentence-transformers model of BERT's kind"
        ) from error
    encoder = open_export(card, work)
    if (size := encoder.encode([PROBE])[0].tokens.shape[1]) != card.dimension:
        raise ModelError(
            f"the model {model.name} cannot be used: the vectors of its word pieces have {size} numbers, its "
            f"texts' {card.dimension}; set ACOBOT_MODEL to one where both have as many"
        )
    card = replace(card, least_cosine=_least_cosine(encoder, loaded), together=_together(card, work))
    if card.least_cosine < LEAST_COSINE:
        raise ModelError(
            f"the model {model.name} is not the same when exported (a vector's cosine with that of "
            f"sentence-transformers is {card.least_cosine}); set ACOBOT_MODEL to a model of BERT's kind whose vectors "
            "are a mean of its word pieces', or that of the first"
        )
    write_card(card, work)
    return card


def _load(folder: Path) -> SentenceTransformer:
    os.environ["HF_HUB_OFFLINE"] = "1"  # the model is a local folder: nothing is looked up anywhere
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as chatter

    chatter.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(folder), device="cpu").eval()


def _write_graph(model: SentenceTransformer, work: Path) -> None:
    """The whole model, for rows that are all there and so need no mask, and its end: pooling and what follows it.

    The end is a graph of its own too, because a mean over one row is added up otherwise than over several.
    """
    import onnx
    import torch

    class Rows(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            out = self.model({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
            return out["sentence_embedding"], out["token_embeddings"]

    plain = work / "plain.onnx"
    free = {0: "rows", 1: "pieces"}
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, about shapes that the check afterwards is of
        torch.onnx.export(
            Rows(),
            (torch.ones(2, 9, dtype=torch.long),),
            str(plain),
            input_names=[IDS],
            output_names=[VECTOR, TOKENS],
            dynamic_axes={IDS: free, VECTOR: {0: "rows"}, TOKENS: free},
            opset_version=OPSET,
            dynamo=False,
        )
    whole = onnx.load(str(plain))
    onnx.save_model(onnx.utils.Extractor(whole).extract_model([IDS, TOKENS], [VECTOR]), str(work / POOLING))
    onnx.save_model(
        whole,
        str(work / GRAPH),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=WEIGHTS,
        size_threshold=MAPPED_FROM,
    )
    plain.unlink()
    (work / WEIGHTS).chmod(0o644)  # onnx makes it for its owner alone


def _describe(model: ModelFolder, loaded: SentenceTransformer, work: Path) -> Card:
    tokenizer: Any = loaded.tokenizer

    def pieces(text: str, *, special: bool = False) -> tuple[int, ...]:
        return tuple(tokenizer(text, add_special_tokens=special)["input_ids"])

    inner, whole = pieces(PROBE), pieces(PROBE, special=True)
    begins = next(n for n in range(len(whole)) if whole[n : n + len(inner)] == inner)
    begin, end = whole[:begins], whole[begins + len(inner) :]
    return Card(
        format=FORMAT,
        name=model.name,
        sha256=model.digest,
        dimension=int(loaded.get_embedding_dimension() or 0),
        window=min(loaded.max_seq_length or LONGEST, LONGEST) - len(begin) - len(end),
        begin=begin,
        end=end,
        before_question=pieces(loaded.prompts.get("query") or ""),
        before_document=pieces(loaded.prompts.get("document") or ""),
        least_cosine=0.0,
        made_with={name: importlib.metadata.version(name) for name in LIBRARIES},
        files={name: digest_of_file(work / name) for name in FILES},
    )


def _least_cosine(encoder: OnnxEncoder, model: SentenceTransformer) -> float:
    """The worst likeness of a vector with that of sentence-transformers, over texts of one piece up to a window's."""
    texts = [PROBE[:1], PROBE]
    while encoder.count(f"{texts[-1]} {texts[-1]}") < encoder.room:
        texts.append(f"{texts[-1]} {texts[-1]}")
    cosines: list[float] = []
    for text in texts:
        for as_question, encode in ((True, model.encode_query), (False, model.encode_document)):
            expected = np.asarray(encode(text, normalize_embeddings=True, show_progress_bar=False))
            (found,) = encoder.encode([text], as_question=as_question)
            cosines.append(float(found.vector @ expected))
        tokens = model.encode_document(text, output_value="token_embeddings", show_progress_bar=False)
        rows = np.asarray(tokens)[encoder.skipped :][: len(found.tokens)]
        cosines.extend((found.tokens * rows / np.linalg.norm(rows, axis=1, keepdims=True)).sum(axis=1).tolist())
    return round(min(cosines), 6)


def _together(card: Card, work: Path) -> int:
    """How many rows may be run at once: 1 unless texts of every length get the very bits that they get alone."""
    alone, several = open_export(card, work), open_export(replace(card, together=ROWS), work)
    words = PROBE.split()
    while alone.count(" ".join(words)) < alone.room:
        turned = [" ".join(words[place:] + words[:place]) for place in range(min(ROWS, len(words)))]
        texts = ["a", "b", "c d", "e f", *turned]
        found = zip(alone.encode(texts), several.encode(texts), strict=True)
        if not all(np.array_equal(a.vector, b.vector) and np.array_equal(a.tokens, b.tokens) for a, b in found):
            return 1
        words += words
    return ROWS


def _put_in_place(work: Path, target: Path) -> None:
    """Moves a finished export to where it belongs, in the place of what is there."""
    if target.exists():
        target.replace(work.with_name("before"))
    with suppress(FileExistsError):  # another process has just put the same one there
        work.rename(target)


def main() -> None:
    """Exports the model that the arguments name; prints why it cannot be, and leaves with 1 then."""
    name, path, digest, exported = sys.argv[1:]
    try:
        export_model(ModelFolder(name, Path(path) if path else None, digest, Path(exported)))
    except ModelError as error:
        print(error)
        sys.exit(1)


if __name__ == "__main__":
    main()
