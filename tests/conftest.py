"""What all tests share: the Hypothesis profiles, what coverage follows, what comes first."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from pathlib import Path

import coverage
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from werkzeug.routing import Rule

from kb.collection.loader import load
from kb.formats import yaml_nodes
from kb.model import Collection
from kb.settings import shipped_content
from tests.compiled_templates import CompiledTemplates
from tests.engines import build
from tests.order import dealt_out
from tests.traced import TracedImports, Tracing

# `make test` draws 10 examples of each property, different ones each time; CI draws 500, always the same.
_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", max_examples=5, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("default", max_examples=10, deadline=None, suppress_health_check=_QUIET)
settings.register_profile(
    "ci", max_examples=500, deadline=None, suppress_health_check=_QUIET, derandomize=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


os.environ["KB_OCR"] = "off"
"""For the many tests that read all documents at hand: a page takes seconds. Those of OCR switch it on."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Three processes for two cores: a test in a browser, or of a server, often waits. Quick ones do not."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if "not slow" in config.getoption("markexpr") else cores * 3 // 2


def pytest_configure(config: pytest.Config) -> None:
    measured = coverage.Coverage.current()
    if os.environ.get("KB_LIVE") == "1":  # for a single engine everything is traced, even in slow tests
        return
    if measured and config.getoption("numprocesses", None):
        config.pluginmanager.register(TracedImports(measured))  # this process only hands out the tests
    elif measured:
        if hasattr(config, "workerinput"):
            measured.stop()
        config.pluginmanager.register(Tracing(measured))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
    items[:] = dealt_out(items, getattr(config, "workerinput", {}).get("workercount", 1))


def pytest_collection() -> None:
    """Turns off garbage collection until the tests are collected: nearly all stays, and it took a fifth."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Exempts what was collected, which stays until the end, from being scanned for garbage."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _files_that_need_not_outlive_a_power_cut() -> Iterator[None]:
    """No sync waits for the disk; an invalid file descriptor still fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Shares compiled templates: many tests make their own application, which would compile them anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
        yield


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """Shares compiled rules: Flask compiles a function for each, most of the time an application takes."""
    compile_builder = Rule._compile_builder
    kept: dict[Hashable, Callable[..., tuple[str, str]]] = {}

    def compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:  # their values are compiled into it
            return compile_builder(rule, append_unknown)
        made_from = (rule.rule, *rule._trace, append_unknown)
        if made_from not in kept:
            kept[made_from] = compile_builder(rule, append_unknown)
        return kept[made_from]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _shipped_yaml_parsed_once() -> Iterator[None]:
    """Parses the shipped thesaurus once: nearly all test collections have it, and it took half the time."""
    parse = yaml_nodes._build
    parse_once = lru_cache(parse)
    shipped = {path.read_text(encoding="utf-8") for path in shipped_content().glob("*.yaml")}

    def parsed(text: str, first_line: int, depth: int) -> yaml_nodes.YamlNode | None:
        return (parse_once if text in shipped else parse)(text, first_line, depth)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_build", parsed)
        yield


@pytest.fixture(scope="session")
def shipped_collection() -> Collection:
    """The content that ships, read once."""
    return load([shipped_content()])


@pytest.fixture(scope="session")
def shipped_index(shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the content that ships, for tests that only read it."""
    folder = tmp_path_factory.mktemp("shipped") / "index"
    build(shipped_collection, folder)
    return folder
