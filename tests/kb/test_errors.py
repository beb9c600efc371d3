"""Errors that carry their message as data."""

from __future__ import annotations

from pathlib import Path

from kb.errors import MAX_FAULTS, BadRequest, Fault, KbError, tallied
from kb.messages import Advice, Message, MessageCatalogue

UPPER_ROOM: MessageCatalogue = {"too-many": Advice("{found} is too many", "choose fewer")}


def test_an_error_says_its_message_in_the_words_of_the_catalogue_it_was_given() -> None:
    message = Message("too-many", found=9)
    error = KbError(message, UPPER_ROOM)
    assert (str(error), error.message) == ("9 is too many; choose fewer", message)


def test_a_bad_request_names_its_parameter_first() -> None:
    error = BadRequest("p", Message("too-many", found=9), UPPER_ROOM)
    assert (str(error), error.parameter) == ("p: 9 is too many; choose fewer", "p")


def test_an_error_may_still_be_plain_text() -> None:
    assert (str(KbError("wrong")), KbError("wrong").message) == ("wrong", None)


def _faults(path: str, count: int, code: str) -> list[Fault]:
    return [Fault(Path(path), line, Message(code)) for line in range(1, count + 1)]


def test_faults_of_a_file_beyond_the_first_200_are_counted_by_kind() -> None:
    many, few = _faults("a.jsonl", 2000, "not-utf8"), _faults("b.md", 3, "not-one-id")
    alone = Fault(Path("a.jsonl"), 1999, Message("not-one-id"))
    lines = [f"{one.path}:{one.line}: {one.problem}" for one in tallied([*few, alone, *many])]
    assert len(lines) == MAX_FAULTS + 2 + 3
    assert lines[MAX_FAULTS:-3] == [
        "a.jsonl:201: 1,800 more of this kind, from here on: this is not UTF-8 text",
        "a.jsonl:1999: an attribute list needs exactly one id",
    ]


def test_a_count_of_faults_is_never_counted_again() -> None:
    once = tallied(_faults("a.jsonl", 900, "not-utf8"))
    assert tallied(once) == once
    assert once[-1].problem.startswith("700 more of this kind")
