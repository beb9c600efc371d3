"""Errors that carry their message as data."""

from __future__ import annotations

from kb.errors import BadRequest, KbError
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
