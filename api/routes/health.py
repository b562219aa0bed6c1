"""What probes and monitors ask. None of these waits for a worker or a thread."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import ServiceParameter
from api.lifecycle import Lifecycle, State

router = APIRouter(tags=["health"])


@router.get("/livez")
async def livez() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "Loading, broken, or shutting down."}})
async def readyz(request: Request) -> JSONResponse:
    """Requests are taken: glossary and memory are loaded, and the server is not shutting down."""
    lifecycle: Lifecycle = request.app.state.lifecycle
    ready = lifecycle.state in (State.NEW, State.READY)
    return JSONResponse({"status": "ok" if ready else lifecycle.state.value}, 200 if ready else 503)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(service: ServiceParameter) -> Response:
    """Metrics in Prometheus' text format; where the server has keys, the scope `read` is needed."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)
