"""A Click group whose commands come from entry points and are imported only when used."""

from __future__ import annotations

import io
import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from kb.cli.output import format_faults
from kb.errors import ContentError, KbError
from kb.messages import Message

__all__ = ["KbGroup"]

COMMANDS = "kb.commands"
"""The entry point group in which the other rooms name their commands."""


def _offered() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=COMMANDS)}


def _loaded(point: EntryPoint) -> click.Command:
    try:
        command = point.load()
    except Exception as exc:  # whatever breaks in one room, the other commands must go on working
        return _broken(point.name, Message("broken-command", command=point.name, reason=str(exc)))
    if isinstance(command, click.Command):
        return command
    return _broken(point.name, Message("not-a-command", command=point.name))


def _broken(name: str, message: Message) -> click.Command:
    def say() -> None:
        raise KbError(message)

    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(name, callback=say, context_settings=settings, help="Cannot be loaded.")


class KbGroup(click.Group):
    """Commands of its own and of the entry points; the one place where a KbError becomes a message."""

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
                # a terminal of an older code page lacks many characters of the sources
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KbError as exc:
            click.echo(format_faults(exc.faults) if isinstance(exc, ContentError) else f"kb: {exc}", err=True)
            ctx.exit(exc.exit_code)
