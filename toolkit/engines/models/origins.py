"""The addresses that models may come from, and the hosts that may be asked at all."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from toolkit.errors import BadOption, ModelUnusable

_HOSTS = frozenset(
    {
        "*.hf.co",
        "*.huggingface.co",
        "argos-net.com",
        "data.argosopentech.com",
        "huggingface.co",
        "raw.githubusercontent.com",
        "storage.googleapis.com",
    }
)


@dataclass(frozen=True, slots=True)
class Origins:
    """Where registries are. Nothing but https is spoken, except with a mirror that was itself named with http."""

    firefox: str = "https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data/db/models.json"
    argos: str = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
    huggingface: str = "https://huggingface.co"
    hosts: frozenset[str] = _HOSTS
    """Host names, with the port where it is not the usual one; `*.` stands for any name below."""
    schemes: frozenset[str] = frozenset({"https"})
    mirror: str = ""
    """Where files of all registries are, if not where the registries say."""

    def check(self, url: str, *, by: str = "") -> str:
        """`url` if it may be asked; raises ModelUnusable. `by` names who sent us there."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower() + (f":{parts.port}" if parts.port else "")
        except ValueError:
            raise ModelUnusable("is no address", where=url[:200], remedy="tell the registry's keepers") from None
        known = host in self.hosts or any(
            pattern.startswith("*.") and host.endswith(pattern[1:]) for pattern in self.hosts
        )
        if parts.scheme not in self.schemes or not known or "@" in parts.netloc:
            raise ModelUnusable(
                f"leads to {url[:200]}, which is not among the hosts that models come from" if by else "is not allowed",
                where=by or url[:200],
                remedy="download it yourself if you trust it, and run `dragoman models install FILE`",
            )
        return url

    def allows(self, url: str) -> bool:
        """Whether it may be asked: for choosing among several addresses of one file."""
        try:
            self.check(url)
        except ModelUnusable:
            return False
        return True

    def file(self, url: str) -> str:
        """The address of a file that a registry names: its own, or the mirror's for the same file."""
        if not self.mirror:
            return url
        return f"{self.mirror}/files/{urlsplit(url).path.lstrip('/')}"


def origins_of(mirror: str) -> Origins:
    """The usual places, or a newsroom's mirror. Raises BadOption for a mirror that is no http(s) address.

    A mirror serves `firefox/models.json`, `argos/index.json`, `huggingface/api/…` and `huggingface/OWNER/NAME/…` as the
    originals do, and every file of the first two under `files/` with the path it has at its original.
    """
    if not mirror.strip():
        return Origins()
    base = mirror.strip().rstrip("/")
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise BadOption(
            f"{mirror[:80]!r} is no http or https address",
            where="DRAGOMAN_MODELS_MIRROR",
            remedy="write it like https://mirror.example/dragoman",
        )
    return Origins(
        firefox=f"{base}/firefox/models.json",
        argos=f"{base}/argos/index.json",
        huggingface=f"{base}/huggingface",
        hosts=frozenset({parts.hostname.lower() + (f":{port}" if port else "")}),
        schemes=frozenset({parts.scheme, "https"}),
        mirror=base,
    )
