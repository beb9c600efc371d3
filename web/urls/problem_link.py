"""The link by which readers report a problem with a passage, where the site has an address for that."""

from __future__ import annotations

from flask import current_app

from kb.model import Document, Passage
from kb.problem_report import report_link
from web.urls import links

__all__ = ["report_problem"]


def report_problem(document: Document, passage: Passage) -> str:
    """The address of a mail or an issue about the passage; empty where the site has set none."""
    target: str = current_app.extensions["report"]
    permalink = links.absolute(links.passage(passage))
    return report_link(target, document, passage, permalink) if target else ""
