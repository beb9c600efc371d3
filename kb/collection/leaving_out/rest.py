"""The content of folders without its faulty records, if these may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection.folder import read_folder
from kb.collection.leaving_out.omissions import Omissions
from kb.collection.leaving_out.subtraction import subtract
from kb.collection.loader import Survey, survey_parts
from kb.errors import ContentError, Fault, tallied
from kb.messages import Message
from kb.settings import distinct_folders

__all__ = ["survey_rest"]


def survey_rest(folders: Sequence[Path]) -> Survey:
    """The folders without what is faulty; the collection tells what was left out.

    Raises ContentError for faults that are never left out, and where nothing would remain. What
    refers to a record is checked once it is out, so that several rounds may be needed.
    """
    parts, omissions = [read_folder(path) for path in distinct_folders(folders)], Omissions()
    survey = survey_parts(parts)
    while faults := survey.every_fault:
        _require_records(faults)
        before = len(omissions.faults)
        parts = subtract(parts, faults, omissions)
        if len(omissions.faults) == before:
            raise ContentError(tallied(faults), _no_help(faults))
        survey = survey_parts(parts, left_out=omissions.names)
    left_out = omissions.in_order()
    if left_out and not any(survey.collection.all_passages()):
        raise ContentError(tallied(left_out), Message("nothing-left"))
    passages = tuple(map(omissions.passage, survey.left_out))
    collection = replace(survey.collection, left_out=left_out, left_out_passages=passages)
    return replace(survey, collection=collection)


def _require_records(faults: Sequence[Fault]) -> None:
    """Raise ContentError if a fault is not one of a single record."""
    if never := [fault for fault in faults if fault.record is None]:
        raise ContentError(tallied(never), _no_help(never))


def _no_help(faults: Sequence[Fault]) -> Message:
    return Message("never-left-out", count=len(faults))
