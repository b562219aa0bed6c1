"""What routes ask for: the service, and who is asking."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.auth.principal import Principal, principal_of
from api.jobs.desk import Desk
from api.service import Service


async def service_of(request: Request) -> Service:
    """The service of the application. Not a plain function: the framework would send that through a thread."""
    service: Service = request.app.state.service
    return service


def desk_of_app(request: Request) -> Desk:
    desk: Desk = request.app.state.jobs
    return desk


ServiceParameter = Annotated[Service, Depends(service_of)]
PrincipalParameter = Annotated[Principal, Depends(principal_of)]
DeskParameter = Annotated[Desk, Depends(desk_of_app)]
