"""Several threads share one application: engine, snapshots, caches, stemmers, views."""

from __future__ import annotations

import random
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.model import Collection
from tests.engines import build, open_engine
from tests.web import language_samples
from tests.web.conftest import TODAY
from web.app import create_app

pytestmark = pytest.mark.slow

THREADS = 8
REQUESTS = 4
"""Of each thread, while the index is rebuilt, and again afterwards."""
TEXTS = [
    "victim protection",
    "extraditon",
    "traffick* OR smuggl*",
    '"mutual legal assistance"',
    "organi?ation~",
    "re-victimisation",
    "droits des victimes",
    "protección víctimas",
    "人口贩运受害者",
    "how can officials and companies prevent exploitation of migrant workers early",
]
PASTED = [
    "They noted “the need for robust mechanisms for international crime cooperation” and “trust”.",
    "“need for robust mechanism for international cooperation on crime”, and “this is said nowhere at all”",
]
VOLATILE = re.compile(r'"took_ms": ?[0-9.]+')

Asked = tuple[str, str]
"""A path, and the text that is posted to it; empty for GET."""


def asked() -> list[Asked]:
    paths = [
        "/",
        "/help",
        "/matrix?q=victim",
        "/themes/victim-assistance-protection?q=victim",
        "/documents/bali-process-symposium-2015?q=cooperation",
        "/search/why?" + urlencode({"q": "victim protection", "passage": "bali-process-symposium-2015/p7"}),
        "/api/resolve?" + urlencode({"q": "Bali Process symposium 2015, para 4"}),
        *("/api/suggest?" + urlencode({"q": text}) for text in ("vict", "mutual l", "tr", "prot")),
        *("/search?" + urlencode({"q": text}) for text in TEXTS),
        *("/api/search?" + urlencode({"q": text, "per": 50, "sort": "newest"}) for text in TEXTS),
        "/search.csv?q=trafficking",
    ]
    return [*((path, "") for path in paths), *(("/check", text) for text in PASTED)]


def answer(client: FlaskClient, path: str, text: str) -> str:
    got = client.post(path, data={"text": text}) if text else client.get(path)
    assert got.status_code == 200, (path, got.status_code)
    return VOLATILE.sub("", got.get_data(as_text=True))


def answers(app: Flask) -> dict[Asked, str]:
    client = app.test_client()
    return {one: answer(client, *one) for one in asked()}


@pytest.fixture(scope="module")
def content(shipped: Collection) -> Collection:
    others = language_samples.collection()
    return replace(
        shipped,
        documents=(*shipped.documents, *others.documents),
        passages={**shipped.passages, **others.passages},
    )


@pytest.fixture
def threads_in_turn() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_in_turn")
def test_eight_threads_answer_as_one_does_while_the_index_is_rebuilt(
    content: Collection, tmp_path: Path
) -> None:
    build(content, tmp_path)
    before = answers(create_app(open_engine(tmp_path), today=lambda: TODAY))
    shared = create_app(open_engine(tmp_path), today=lambda: TODAY)  # with nothing cached yet
    told: SimpleQueue[tuple[Asked, str]] = SimpleQueue()
    begin, rebuilt = threading.Barrier(THREADS + 1), threading.Event()

    def ask(seed: int) -> None:
        client, turn = shared.test_client(), random.Random(seed)  # noqa: S311  # any order will do

        def ask_some() -> None:
            for one in turn.sample(asked(), REQUESTS):
                told.put((one, answer(client, *one)))

        begin.wait()
        ask_some()
        rebuilt.wait()
        ask_some()

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    begin.wait()
    build(replace(content, documents=content.documents[:-1]), tmp_path)
    rebuilt.set()
    for thread in threads:
        thread.join()
    after = answers(create_app(open_engine(tmp_path), today=lambda: TODAY))
    given = [told.get() for _ in range(told.qsize())]
    assert len(given) == THREADS * 2 * REQUESTS  # no thread has failed
    for one, text in given:
        assert text in (before[one], after[one]), one
    assert any(text == after[one] != before[one] for one, text in given)
