"""One document from an address, into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from kb.errors import FileUnwritable, SourceUnreadable
from kb.fetching.address import read_address, redirected
from kb.fetching.bodies import body_of
from kb.fetching.connections import Visit
from kb.fetching.file_names import file_name
from kb.fetching.limits import FetchLimits
from kb.messages import Message

__all__ = ["Fetched", "fetch"]

_REDIRECTS = (301, 302, 303, 307, 308)
_PARTIAL = ".part"

Progress = Callable[[int, int | None], None]
"""Called with the number of bytes received, and the total if it is known."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched document: its file, the address requested, and what the editor should know."""

    path: Path
    address: str
    remarks: tuple[Message, ...] = ()


def fetch(given: str, folder: Path, told: Progress, limits: FetchLimits = FetchLimits()) -> Fetched:  # noqa: B008
    """Fetches a document into a folder of its own. Raises SourceUnreadable, with one line of text, and
    FileUnwritable if this computer cannot store it."""
    address = read_address(given)
    with Visit(limits) as visit:
        try:
            with _answer(visit, address, limits) as response:
                kept = _kept(response, address, folder, told, limits)
        except (OSError, HTTPException, ValueError) as exc:
            if visit.overdue:
                raise SourceUnreadable(Message("address-takes-long", seconds=limits.seconds)) from exc
            raise SourceUnreadable(_why(exc, limits)) from exc
        if visit.overdue:  # a response cut off within its headers looks like an empty document
            raise SourceUnreadable(Message("address-takes-long", seconds=limits.seconds))
    return kept


def _answer(visit: Visit, address: str, limits: FetchLimits) -> HTTPResponse:
    """The response after all redirects."""
    for _ in range(limits.max_redirects + 1):
        response = visit.get(address)
        if response.status == 200:
            return response
        response.close()
        location = response.headers.get("Location", "")
        if response.status not in _REDIRECTS or not location:
            status = Message("address-status", status=response.status, reason=_printable(response.reason))
            raise SourceUnreadable(status)
        address = redirected(address, location)
    raise SourceUnreadable(Message("address-redirects", count=limits.max_redirects))


def _kept(response: HTTPResponse, address: str, folder: Path, told: Progress, limits: FetchLimits) -> Fetched:
    announced, received, part = response.length, 0, folder / _PARTIAL
    with _writing(folder):
        file = part.open("xb")
    try:
        for block in body_of(response, limits.max_bytes):
            with _writing(folder):
                file.write(block)
            received += len(block)
            told(received, announced)
    finally:
        with _writing(folder):
            file.close()
    with _writing(folder):
        name, kind = file_name(response.url or address, response.headers, part.read_bytes())
        path = part.rename(folder / name)
    is_page = kind == "html" and urlsplit(address).path.lower().endswith((".pdf", ".docx", ".odt", ".rtf"))
    return Fetched(path, address, (Message("address-gave-page"),) if is_page else ())


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Tells errors of the disk from those of the network, as both are OSError."""
    try:
        yield
    except OSError as exc:
        raise FileUnwritable(folder, exc) from exc


def _why(exc: Exception, limits: FetchLimits) -> Message:
    reason = exc.reason if isinstance(exc, URLError) else exc
    match reason:
        case TimeoutError():
            return Message("address-silent", seconds=limits.stall_seconds)
        case OSError(strerror=str(text)) if text:
            return Message("address-unreachable", reason=_printable(text))
        case HTTPException():
            return Message("address-answer-damaged", reason=type(reason).__name__)
        case _:
            return Message("address-unreachable", reason=_printable(str(reason)))


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)[:100].strip()
