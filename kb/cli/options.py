"""The options that every room's commands share."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.errors import BadRequest, ContentError
from kb.messages import Message
from kb.settings import Settings

__all__ = ["content_flag", "content_option", "index_option", "leave_out_option", "quoted", "single_folder"]

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


def content_flag(folders: Sequence[Path]) -> str:
    """What a command needs in order to work in these folders, as it is written behind its other words.

    Nothing if they are those that it takes by itself.
    """
    try:
        usual = Settings.read().content
    except ContentError:
        usual = ()
    if [one.resolve() for one in usual] == [one.resolve() for one in folders]:
        return ""
    return "".join(f" --content {quoted(one)}" for one in folders)


def quoted(word: str | Path) -> str:
    """A word or a path as a command line takes it."""
    return _quoted_for_cmd(str(word)) if os.name == "nt" else shlex.quote(str(word))


def _quoted_for_cmd(word: str) -> str:
    """In quotation marks unless it is plain: outside them cmd.exe ends a command at `&` and `|`.

    A program takes backslashes before a quotation mark in pairs, and as they are elsewhere.
    """
    if re.fullmatch(r"[\w.:\\/-]+", word):
        return word
    inside = re.sub(r'(\\*)"', r'\1\1\\"', word)
    doubled = inside + "\\" * (len(word) - len(word.rstrip("\\")))
    return f'"{doubled}"'


def leave_out_option(command: Command) -> Command:
    """`--leave-out-faulty`; the command receives `leave_out_faulty`."""
    return click.option(
        "--leave-out-faulty",
        is_flag=True,
        help="Leave out records with faults, and what depends on them, and list them; without it, one "
        "fault refuses all.",
    )(command)


def index_option(command: Command) -> Command:
    """`--index DIR`; the command receives `index`, a path or None."""
    return click.option(
        "--index",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Where the index is. Default: KB_INDEX, else your user data folder.",
    )(command)
