"""The desk over a folder with one draft, as a test client that an editor has let in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.kb.document_edits.sample_draft import draft_folder
from web.desk.access import DeskAccess
from web.desk.app import create_desk

PORT = 8123


class _AtPort(FlaskClient):
    """A client that sends its requests to the address of the desk."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", f"http://127.0.0.1:{PORT}")
        return super().open(*args, **kwargs)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return draft_folder(tmp_path / "ours")


@pytest.fixture
def access() -> DeskAccess:
    return DeskAccess(PORT)


@pytest.fixture
def desk(folder: Path, access: DeskAccess) -> Flask:
    return create_desk(folder, access)


@pytest.fixture
def stranger(desk: Flask) -> FlaskClient:
    """A client that knows the port, and no more."""
    desk.test_client_class = _AtPort
    return desk.test_client()


@pytest.fixture
def editor(stranger: FlaskClient, access: DeskAccess) -> FlaskClient:
    assert stranger.get("/enter", query_string={"token": access.token}).status_code == 200
    return stranger
