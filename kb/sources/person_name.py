"""Names of persons: as `Family, Given`, in separate parts, or in one piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

__all__ = ["NAME_PARTS", "PersonName", "name_fields", "name_text", "parse_name", "read_name", "read_names"]

NAME_PARTS = ("family", "given", "suffix", "literal")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in the parts of CSL-JSON; `literal` is one that is never turned round or shortened.

    Either `family` or `literal` has a value. `suffix` is `Jr.` or `III`.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def words(self) -> str:
        """The name as it is spoken: `Martin Luther King Jr.`."""
        return self.literal or " ".join(filter(None, (self.given, self.family, self.suffix)))


def parse_name(text: str) -> PersonName:
    """`Family, Given` or `Family, Given, Jr.`; anything with fewer or more commas is one piece."""
    parts = [part.strip() for part in text.split(",")]
    if 2 <= len(parts) <= 3 and all(parts):
        return PersonName(*parts)
    return PersonName(literal=text)


def name_text(name: PersonName) -> str:
    """The name as text that `parse_name` reads back; empty if only separate parts can express it."""
    text = name.literal or ", ".join(filter(None, (name.family, name.given, name.suffix)))
    return text if parse_name(text) == name else ""


def name_fields(name: PersonName) -> dict[str, str]:
    """The parts that have a value, under their CSL-JSON keys."""
    return {part: value for part, value in asdict(name).items() if value}


def read_name(value: object) -> PersonName | None:
    """The name in a text or a mapping of parts; None for anything else."""
    match value:
        case str() if value.strip():
            return parse_name(value)
        case Mapping() if value and value.keys() <= {*NAME_PARTS}:
            return _from_parts(value)
        case _:
            return None


def read_names(value: object) -> tuple[PersonName, ...] | None:
    """The names in a list, or a single name; None if anything else is among them."""
    given = value if isinstance(value, list) else [value]
    names = tuple(name for name in map(read_name, given) if name)
    return names if len(names) == len(given) else None


def _from_parts(parts: Mapping[str, object]) -> PersonName | None:
    given = {part: value for part, value in parts.items() if isinstance(value, str) and value.strip()}
    one_piece, in_parts = "literal" in given, "family" in given
    if len(given) < len(parts) or one_piece == in_parts or (one_piece and len(given) > 1):
        return None
    return PersonName(**given)
