"""What our server is measured against: one FastAPI route around CTranslate2, and nothing else.

`python api_bare.py PACKAGE PORT BEAM THREADS` answers POST /translate {"q"} as LibreTranslate does, each request on its
own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import ctranslate2
import sentencepiece
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Query(BaseModel):
    q: str


def bare_app(package: Path, beam: int, threads: int) -> FastAPI:
    """The application: pieces in, pieces out, the beam and threads of our own server."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(package / "model"), device="cpu", inter_threads=threads, intra_threads=1)
    app = FastAPI()

    @app.post("/translate")
    def translate(body: Query) -> dict[str, str]:
        tokens = pieces.encode(body.q, out_type=str)
        found = translator.translate_batch([tokens], beam_size=beam, replace_unknowns=True)
        return {"translatedText": pieces.decode(found[0].hypotheses[0])}

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app


if __name__ == "__main__":
    uvicorn.run(
        bare_app(Path(sys.argv[1]), int(sys.argv[3]), int(sys.argv[4])),
        port=int(sys.argv[2]),
        log_level="error",
        access_log=False,
    )
