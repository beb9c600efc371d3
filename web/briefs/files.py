"""A brief as a file: Word, Markdown, a page to print, records for reference managers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Response, current_app, render_template

from kb.briefs.address import too_large
from kb.citing.exports import registry as export_formats
from kb.citing.exports import word
from kb.citing.exports.briefing import Briefing, briefing
from kb.citing.exports.footnoted_text import markdown
from kb.citing.works.work_records import work_records
from kb.errors import BadRequest
from kb.messages import Message
from web.briefs import views
from web.briefs.file_name import file_stem
from web.briefs.items import BriefContents, look_up, requested_brief, style_of
from web.english import ENGLISH, say
from web.http.responses import download
from web.urls import links

__all__ = ["FILES", "BriefFile"]


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A kind of file: its name on the page, its media type, how it is written, and whether it is saved."""

    title: Message
    media_type: str
    write: Callable[[BriefContents], str | bytes]
    saved: bool = True


def _title(made: BriefContents) -> str:
    return made.brief.title or say(Message("untitled-brief"))


def _word(made: BriefContents) -> bytes:
    return word.write_docx(_briefing(made), [each.remark for each in made.lost])


def _briefing(made: BriefContents) -> Briefing:
    has_fingerprints = made.brief.fingerprints == "annex"
    return briefing(_title(made), made.sections, style_of(made.brief), has_fingerprints)


def _markdown(made: BriefContents) -> str:
    return markdown(_briefing(made), [each.remark for each in made.lost])


def _page(made: BriefContents) -> str:
    return render_template(
        "brief_print.html",
        made=_briefing(made),
        lost=made.lost,
        back=links.brief(made.brief),
        accessed=current_app.extensions["today"]().isoformat(),
    )


def _record_file(title: Message, name: str) -> BriefFile:
    """The works cited in a format of `kb.citing`, with the passages quoted and the reader's notes."""
    format_ = export_formats.FORMATS[name]

    def write(made: BriefContents) -> str:
        works = work_records((each.item, each.chosen.note) for each in made.kept)
        return format_.write(works, style_of(made.brief))

    return BriefFile(title, format_.media_type, write)


FILES: Mapping[str, BriefFile] = {
    "docx": BriefFile(Message("file-word"), word.MEDIA_TYPE, _word),
    "html": BriefFile(Message("file-print"), "text/html", _page, saved=False),
    "md": BriefFile(Message("file-markdown"), "text/markdown", _markdown),
    "ris": _record_file(Message("file-ris"), "ris"),
    "bib": _record_file(Message("file-bibtex"), "bibtex"),
    "json": _record_file(Message("file-csl-json"), "csl-json"),
}


def _file(suffix: str) -> Response:
    """The brief as a file. Raises BadRequest if it is too long or has nothing to write."""
    made = look_up(requested_brief())
    if problem := too_large(made.brief):
        raise BadRequest("p", problem)
    if not made.kept:
        raise BadRequest("p", Message("nothing-to-download"), ENGLISH)
    file = FILES[suffix]
    name = f"{file_stem(made.brief.title) or 'brief'}.{suffix}" if file.saved else ""
    return download(name, file.media_type, file.write(made))


for _suffix in FILES:
    views.blueprint.add_url_rule(f"/brief.{_suffix}", _suffix, partial(_file, _suffix))
