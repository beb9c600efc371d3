"""A Click group that takes commands from entry points and imports them when they are used."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import click

from kb.english import ENGLISH
from kb.errors import ContentError, Fault, KbError
from kb.messages import Message, words

__all__ = ["KbGroup", "format_faults", "index_check"]

COMMANDS = "kb.commands"
"""The entry point group of the other rooms' commands."""


CHECKS = "kb.checks"
"""The entry point group of what other rooms can check."""


def index_check() -> Callable[[Path], bool]:
    """The function that checks the index in a folder and prints what it finds. Raises KbError if missing."""
    for point in entry_points(group=CHECKS, name="index"):
        check: Callable[[Path], bool] = point.load()
        return check
    raise KbError(Message("no-index-check"))


def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=COMMANDS)}


def _loaded(point: EntryPoint) -> click.Command:
    try:
        command = point.load()
    except Exception as exc:  # the other commands must still work, whatever breaks in one room
        return _broken(point.name, Message("broken-command", command=point.name, reason=str(exc)))
    if isinstance(command, click.Command):
        return command
    return _broken(point.name, Message("not-a-command", command=point.name))


def _broken(name: str, message: Message) -> click.Command:
    def say() -> None:
        raise KbError(message)

    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=say, context_settings=settings, help="Cannot be loaded.")


def format_faults(faults: Sequence[Fault]) -> str:
    """One fault per line; paths below the working folder are relative to it."""
    return "\n".join(str(_relative(fault)) for fault in faults)


def _lines(error: KbError) -> Iterator[str]:
    match error:
        case ContentError(faults=faults, note=note):
            yield format_faults(faults)
            if note:
                yield f"kb: {words(note, ENGLISH)}"
        case _:
            yield f"kb: {error}"


def _relative(fault: Fault) -> Fault:
    try:
        return replace(fault, path=fault.path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):
        return fault


class KbGroup(click.Group):
    """Commands of this room and from entry points; turns a KbError into output and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_offered()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        point = _offered().get(cmd_name)
        return _loaded(point) if point else None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # a terminal with an older code page lacks many of the sources' characters
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KbError as exc:
            click.echo("\n".join(_lines(exc)), err=True)
            ctx.exit(exc.exit_code)
