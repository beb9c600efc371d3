"""Legal instruments of the interchange form: `{"id", "title", "names", "articles": [{"number", ...}]}`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.curated.instruments_file import FACTS, check_instrument, id_of_name
from kb.formats.json.fields import list_field, text_field
from kb.formats.json.objects import BadObject, JsonObject
from kb.messages import Message
from kb.sources.instrument import Article, Instrument

__all__ = ["instrument_record", "read_instrument"]

_KEYS = {"id", "name", "title", "names", "kind", "issuers", "url", "articles", "source", *FACTS}


def read_instrument(record: JsonObject, path: Path, line: int) -> Instrument:
    """An instrument; one of an older export has only `name` and `title`. Raises BadObject."""
    name = text_field(record, "name", required="id" not in record)
    title = text_field(record, "title", required=True)
    if unknown := [key for key in record if key not in _KEYS]:
        raise BadObject(Message("unknown-key", key=unknown[0][:80], known=", ".join(sorted(_KEYS))))
    facts = ((key, text_field(record, key)) for key in record if key in FACTS)
    found = Instrument(
        id=text_field(record, "id") or id_of_name(name),
        title=title,
        names=list_field(record, "names", str) or ((name,) if name else ()),
        kind=text_field(record, "kind"),
        issuers=list_field(record, "issuers", str),
        url=text_field(record, "url"),
        facts=tuple((key, value) for key, value in facts if value),
        articles=tuple(_article(each) for each in list_field(record, "articles", dict)),
        seen_in=list_field(record, "source", str),
        path=path,
        line=line,
    )
    for _, message in check_instrument(found):
        raise BadObject(message)
    return found


def _article(record: JsonObject) -> Article:
    return Article(text_field(record, "number", required=True), text_field(record, "heading"))


def instrument_record(instrument: Instrument) -> JsonObject:
    """The instrument as an object that `read_instrument` reads back the same."""
    articles = [_without_empty({"number": one.number, "heading": one.heading}) for one in instrument.articles]
    return _without_empty(
        {
            "id": instrument.id,
            "title": instrument.title,
            "names": list(instrument.names),
            "kind": instrument.kind,
            "issuers": list(instrument.issuers),
            "url": instrument.url,
            **dict(instrument.facts),
            "articles": articles,
            "source": list(instrument.seen_in),
        }
    )


def _without_empty(record: dict[str, Any]) -> JsonObject:
    return {key: value for key, value in record.items() if value}
