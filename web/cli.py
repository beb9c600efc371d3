"""`kb serve`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from index.cli.build import build_with_progress
from index.cli.engine_options import engine_options
from index.engines.registry import open_engine, with_engine
from kb.cli.options import content_option, index_option, leave_out_option
from kb.errors import IndexMissing, IndexUnusable
from kb.messages import Message
from kb.settings import DEFAULT_RATE, MAX_PROXIES, MAX_RATE, Settings
from kb.work.budget import MAX_BUDGET_SECONDS
from web.english import say
from web.server import listening, serving

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option(
    "--workers",
    type=click.IntRange(1, serving.MAX_WORKERS),
    default=serving.default_workers,
    show_default="one per core",
    help="Number of worker processes.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, serving.MAX_THREADS),
    default=serving.THREADS,
    show_default=True,
    help="Number of requests that one worker answers at a time.",
)
@click.option(
    "--report",
    default="",
    metavar="URL",
    help="Where readers report problems: mailto:NAME@HOST, or an https address with {title} and {body}. "
    "Default: KB_REPORT, else nowhere.",
)
@click.option(
    "--site",
    default="",
    metavar="URL",
    help="The base URL of permanent addresses. Default: KB_SITE, else that of the collection.",
)
@click.option(
    "--proxy",
    "proxies",
    type=click.IntRange(0, MAX_PROXIES),
    metavar="N",
    help="Trust the X-Forwarded-For, -Proto, -Host and -Prefix headers of N proxies in front. "
    "Default: KB_PROXY, else none.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="A host under which the site answers besides that of its base URL; may be given several times. "
    "Default: KB_ALLOW_HOST, separated by spaces.",
)
@click.option(
    "--rate",
    type=click.IntRange(0, MAX_RATE),
    metavar="N",
    help="How many requests one address may make in a minute; 0 for no limit. "
    f"Default: KB_RATE, else {DEFAULT_RATE}.",
)
@click.option(
    "--budget",
    type=click.FloatRange(0, MAX_BUDGET_SECONDS),
    metavar="SECONDS",
    help="The CPU time that one request may take; 0 for no limit. Default: KB_BUDGET, else 1.",
)
@content_option
@leave_out_option
@index_option
@engine_options
def serve(
    host: str,
    port: int,
    workers: int,
    threads: int,
    report: str,
    site: str,
    proxies: int | None,
    hosts: tuple[str, ...],
    rate: int | None,
    budget: float | None,
    content: tuple[Path, ...],
    leave_out_faulty: bool,
    index: Path | None,
    engine: str,
    url: str,
) -> None:
    """Serve the knowledge base in the browser.

    Without --content, an existing index is served as it is; if there is none, it is built first.
    --leave-out-faulty applies to that build.
    """
    listening.check_port(host, port)
    named = Settings.read(
        content,
        index,
        report=report,
        proxies=proxies,
        site=site,
        hosts=hosts,
        rate=rate,
        budget=budget,
        engine=engine,
        cluster=url,
    )
    settings = with_engine(named, building=bool(content))
    build = bool(content) or not _has_index(settings)
    if build:
        settings = with_engine(named, building=True)
    # the worker processes read it from there
    os.environ |= {
        "KB_REPORT": settings.report,
        "KB_PROXY": str(settings.proxies),
        "KB_SITE": settings.site,
        "KB_ALLOW_HOST": " ".join(settings.hosts),
        "KB_RATE": str(settings.rate),
        "KB_BUDGET": str(settings.budget),
        "KB_ENGINE": settings.engine,
        "KB_OPENSEARCH_URL": settings.cluster,
    }
    if build:
        build_with_progress(settings, leave_out_faulty=leave_out_faulty)
    base_url = _base_url(settings)
    begin = Message("permanent-addresses", base_url=base_url) if base_url else Message("local-addresses")
    click.echo(say(begin), err=True)
    serving.serve(host, port, workers, settings.index, threads, base_url)


def _base_url(settings: Settings) -> str:
    """What permanent addresses begin with; empty to use the host of each request."""
    if settings.site:
        return settings.site
    with suppress(IndexUnusable):
        return open_engine(settings).snapshot().site.base_url
    return ""


def _has_index(settings: Settings) -> bool:
    try:
        open_engine(settings).snapshot()
    except IndexMissing:
        return False
    return True
