"""The site in made-up languages, and in those that ship with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from kb.model import Collection
from tests.engines import build, open_engine
from tests.web.languages.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, write_pseudo_languages
from web.app import create_app


@pytest.fixture(scope="session")
def pseudo_app(shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("pseudo")
    write_pseudo_languages(folder / "translations")
    tags = ("en", LEFT_TO_RIGHT, RIGHT_TO_LEFT)
    site = replace(shipped_collection.site, interface_languages=tags)
    build(replace(shipped_collection, site=site), folder / "index")
    return create_app(
        open_engine(folder / "index"),
        today=lambda: date(2026, 11, 23),
        translations=folder / "translations",
        budget=0,
    )
