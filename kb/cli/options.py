"""The options that every room's commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.errors import BadRequest
from kb.messages import Message
from kb.settings import Settings

__all__ = ["content_option", "index_option", "leave_out_option", "single_folder"]

Command = TypeVar("Command", bound=Callable[..., Any])


def content_option(command: Command) -> Command:
    """`--content DIR`, repeatable; the command receives `content`, a tuple of paths."""
    return click.option(
        "--content",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A content folder; may be given several times. Default: KB_CONTENT, else the shipped content.",
    )(command)


def single_folder(content: Sequence[Path]) -> Path:
    """The one content folder that is written to. Raises BadRequest if there are several."""
    folder, *others = Settings.read(content).content
    if others:
        raise BadRequest("--content", Message("several-folders"))
    return folder


def leave_out_option(command: Command) -> Command:
    """`--leave-out-faulty`; the command receives `leave_out_faulty`."""
    return click.option(
        "--leave-out-faulty",
        is_flag=True,
        help="Leave out and list records with faults and what depends on them; without this, a single "
        "fault stops everything.",
    )(command)


def index_option(command: Command) -> Command:
    """`--index DIR`; the command receives `index`, a path or None."""
    return click.option(
        "--index",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where the index is. Default: KB_INDEX, else your user data folder.",
    )(command)
