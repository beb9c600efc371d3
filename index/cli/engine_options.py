"""The options that choose an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kb.site import ENGINES

__all__ = ["engine_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def engine_options(command: Command) -> Command:
    """`--engine NAME` and `--url URL`; the command receives `engine` and `url`, empty where not given."""
    url = click.option(
        "--url",
        default="",
        metavar="URL",
        help="A node of the OpenSearch cluster, or several, separated by spaces. Default: KB_OPENSEARCH_URL.",
    )
    engine = click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=None,
        callback=lambda context, option, value: value or "",
        help="Search engine. Default: KB_ENGINE, else engine in site.yaml, else whoosh, which is built in.",
    )
    return engine(url(command))
