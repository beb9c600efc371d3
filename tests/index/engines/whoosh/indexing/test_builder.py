from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import Built
from index.engines.records.passage_record import read_passage, write_passage
from index.engines.whoosh.indexing.batches import batching
from index.engines.whoosh.indexing.build_lock import building
from index.engines.whoosh.indexing.builder import build
from index.request import Request
from kb.errors import IndexBusy, IndexMissing, IndexUnusable
from kb.model import Collection, Passage, Provision, Quotation, Theme
from kb.published import Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Article, Instrument
from tests.engines import Snapshot, open_engine
from tests.index.samples import collection, document, passage

TWO = collection(a=["first words of a", "second words"], b=["words of b"])


def counts(built: Built) -> tuple[int, int, int, int]:
    return built.added, built.changed, built.removed, built.unchanged


def texts(snapshot: Snapshot, query: str = "") -> list[str]:
    return [hit.passage.text for hit in snapshot.search(Request(text=query, per=50)).hits]


def test_only_what_changed_is_indexed_again_and_counted(tmp_path: Path) -> None:
    assert counts(build(TWO, tmp_path)) == (2, 0, 0, 0)
    assert counts(build(TWO, tmp_path)) == (0, 0, 0, 2)
    changed = collection(a=["first words of a", "other text"], c=["words of c"])
    indexed: list[int] = []
    assert counts(build(changed, tmp_path, lambda done, total: indexed.append(total))) == (1, 1, 1, 0)
    assert indexed == [3]
    snapshot = open_engine(tmp_path).snapshot()
    assert texts(snapshot) == ["first words of a", "other text", "words of c"]
    assert texts(snapshot, "second") == []
    assert snapshot.size == 3


@given(
    st.lists(st.integers(1, 8), min_size=1, max_size=6),
    st.lists(st.sampled_from(("en", "fr", "")), min_size=6, max_size=6),
)
@settings(max_examples=20)
def test_a_document_may_begin_and_end_anywhere_in_a_batch(sizes: list[int], languages: list[str]) -> None:
    documents = [
        document(f"d{n}", kind=f"kind-{n % 2}", date=f"{2000 + n}", language=languages[n])
        for n in range(len(sizes))
    ]
    passages = {
        f"d{n}": [
            passage(f"d{n}", f"p{m}", f"victims {n} {m}", "protection/aftercare", locator=f"para {m}")
            for m in range(size)
        ]
        for n, size in enumerate(sizes)
    }
    content = collection(*documents, **passages)
    asked = [
        Request(text=text, per=50) for text in ("", "victims", "aftercare", "para 2", "kind:kind-1", "d3")
    ]
    with TemporaryDirectory() as whole, TemporaryDirectory() as cut, pytest.MonkeyPatch.context() as patch:
        build(content, Path(whole))
        patch.setattr(batching, "_BATCH_PASSAGES", 4)
        build(content, Path(cut))
        one, other = (open_engine(Path(folder)).snapshot() for folder in (whole, cut))
        assert one.size == sum(sizes)
        for request in asked:
            ours, theirs = one.search(request), other.search(request)
            assert (ours.hits, ours.facets, ours.years) == (theirs.hits, theirs.facets, theirs.years)
        everything = one.search(asked[0])
        assert [hit.passage for hit in everything.hits] == [each for n in passages for each in passages[n]]
        counted = {each.value: each.count for each in everything.facets["document"]}
        assert all(counted[f"d{n}"] == size for n, size in enumerate(sizes))


def test_a_build_without_changes_publishes_nothing(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    before = open_engine(tmp_path).snapshot().generation
    assert not build(TWO, tmp_path).published
    assert open_engine(tmp_path).snapshot().generation == before


def test_a_change_of_metadata_alone_is_published_without_indexing(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    renamed = replace(TWO, documents=(replace(TWO.documents[0], place="Bangkok"), TWO.documents[1]))
    indexed: list[int] = []
    assert counts(build(renamed, tmp_path, lambda done, total: indexed.append(done))) == (0, 1, 0, 1)
    assert indexed == []
    assert open_engine(tmp_path).snapshot().documents["a"].place == "Bangkok"


def test_documents_keep_the_order_of_the_collection_whatever_was_indexed_first(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    build(collection(b=["words of b"], new=["new words"], a=["first words of a", "second words"]), tmp_path)
    assert texts(open_engine(tmp_path).snapshot(), "words") != []
    listed = open_engine(tmp_path).snapshot().search(Request(sort="document")).hits
    assert [hit.passage.document for hit in listed] == ["b", "new", "a", "a"]


def test_a_new_subpoint_title_is_found_after_the_next_build(tmp_path: Path) -> None:
    content = collection(a=[passage("a", "p1", "words", "protection", "protection/aftercare")])
    build(content, tmp_path)
    theme = content.themes[1]
    renamed = replace(theme, subpoints=(replace(theme.subpoints[0], title="Reintegration"),))
    build(replace(content, themes=(content.themes[0], renamed)), tmp_path)
    snapshot = open_engine(tmp_path).snapshot()
    assert texts(snapshot, "reintegration") == ["words"]
    assert texts(snapshot, "aftercare") == []


def test_an_engine_serves_a_new_generation_and_held_snapshots_do_not_change(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    engine = open_engine(tmp_path)
    held = engine.snapshot()
    assert engine.snapshot() is held
    build(collection(a=["entirely new"]), tmp_path)
    assert texts(engine.snapshot()) == ["entirely new"]
    assert texts(held) == ["first words of a", "second words", "words of b"]
    assert held.generation != engine.snapshot().generation


def test_an_index_rebuilt_from_nothing_in_the_same_folder_has_another_generation(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    first = open_engine(tmp_path).snapshot().generation
    for file in tmp_path.iterdir():
        file.unlink()
    build(collection(a=["other"]), tmp_path)
    assert open_engine(tmp_path).snapshot().generation != first


def test_an_empty_collection_can_be_built_and_searched(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    snapshot = open_engine(tmp_path).snapshot()
    assert snapshot.search(Request(text="anything", filters={"year": ("2015",)})).total == 0
    assert snapshot.search(Request()).facets["theme"] == ()


def test_a_missing_index_is_named_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="kb build"):
        open_engine(tmp_path / "none").snapshot()


def test_a_damaged_index_gives_one_error_and_the_next_build_replaces_it(tmp_path: Path) -> None:
    build(TWO, tmp_path)
    for file in tmp_path.glob("*"):
        file.write_bytes(b"damage")
    with pytest.raises(IndexUnusable, match="rebuild the index with: kb build"):
        open_engine(tmp_path).snapshot()
    assert counts(build(TWO, tmp_path)) == (2, 0, 0, 0)
    assert len(texts(open_engine(tmp_path).snapshot())) == 3


def test_an_index_of_another_version_is_refused_and_rebuilt_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr("index.engines.whoosh.indexing.builder.MADE_BY", "0.0")
        build(TWO, tmp_path)
    with pytest.raises(IndexUnusable, match="another version"):
        open_engine(tmp_path).snapshot()
    assert counts(build(TWO, tmp_path)) == (2, 0, 0, 0)
    assert len(texts(open_engine(tmp_path).snapshot())) == 3


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnusable, match="cannot write the index"):
        build(TWO, tmp_path / "file")


def test_a_second_build_at_the_same_time_says_who_holds_the_lock(tmp_path: Path) -> None:
    with building(tmp_path), pytest.raises(IndexBusy, match=f"process {os.getpid()} on .* since 20"):
        build(TWO, tmp_path)
    assert counts(build(TWO, tmp_path)) == (2, 0, 0, 0)


def test_a_lock_without_a_readable_holder_still_holds(tmp_path: Path) -> None:
    with building(tmp_path):
        (tmp_path / "build.json").write_text("{", encoding="utf-8")
        with pytest.raises(IndexBusy, match="another process"):
            build(TWO, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_where_the_holder_of_the_lock_is_noted_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "build.json")
    assert counts(build(TWO, tmp_path)) == (2, 0, 0, 0)


def test_an_error_while_building_leaves_the_last_generation(tmp_path: Path) -> None:
    build(TWO, tmp_path)

    def fail(done: int, total: int) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        build(collection(c=["new"]), tmp_path, fail)
    assert len(texts(open_engine(tmp_path).snapshot())) == 3
    assert counts(build(collection(c=["new"]), tmp_path)) == (1, 0, 2, 0)


_CHILD = """
import signal
import sys
from pathlib import Path
from index.engines.whoosh.indexing.batches import batching
from index.engines.whoosh.indexing.builder import build
from tests.index.samples import collection
batching._BATCH_PASSAGES = 100
def report(done, total):
    print(done, flush=True)
    if str(done) == sys.argv[3]:
        signal.pause()
build(collection(**{f"d{n}": [f"{sys.argv[2]} {n} {m}" for m in range(20)] for n in range(60)}), Path(sys.argv[1]), report)
print("published", flush=True)
"""  # noqa: E501


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("after", ["600"])
def test_a_build_killed_at_any_moment_leaves_the_last_generation_and_the_next_recovers(
    tmp_path: Path, after: str
) -> None:
    build(TWO, tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path), "fresh", after],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[5],
    )
    assert child.stdout
    for line in child.stdout:
        if line.strip() == after:
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    survivors = texts(open_engine(tmp_path).snapshot())
    assert survivors == ["first words of a", "second words", "words of b"]
    assert counts(build(collection(c=["after the crash"]), tmp_path)) == (1, 0, 2, 0)
    assert texts(open_engine(tmp_path).snapshot()) == ["after the crash"]
    assert not list(tmp_path.glob("*.tmp"))
    assert {file.suffix for file in tmp_path.glob("MAIN_*.*")} == {".kb"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("delay", [0.01, 0.06])
def test_a_build_killed_while_publishing_leaves_one_whole_generation(tmp_path: Path, delay: float) -> None:
    build(TWO, tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path), "fresh", "never"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[5],
    )
    assert child.stdout
    for line in child.stdout:
        if line.strip() == "1200":
            break
    time.sleep(delay)
    child.kill()
    child.wait()
    child.stdout.close()
    snapshot = open_engine(tmp_path).snapshot()
    assert snapshot.search(Request()).total in (3, 1200)
    assert snapshot.search(Request()).total == snapshot.size
    build(TWO, tmp_path)
    assert open_engine(tmp_path).snapshot().size == 3


@pytest.mark.slow
def test_readers_always_see_one_whole_generation_while_it_is_rebuilt(tmp_path: Path) -> None:
    def state(number: int) -> Collection:
        return collection(**{f"d{n}": [f"generation{number} passage"] for n in range(number % 5 + 1)})

    build(state(0), tmp_path)
    stop = threading.Event()
    failures: list[object] = []
    seen: set[str] = set()

    def read() -> None:
        engine = open_engine(tmp_path)
        while not stop.is_set():
            try:
                snapshot = engine.snapshot()
                found = {hit.passage.text for hit in snapshot.search(Request(text="passage", per=50)).hits}
                total = snapshot.search(Request()).total
            except Exception as exc:
                failures.append(exc)
                return
            number = int(next(iter(found)).removeprefix("generation").removesuffix(" passage"))
            if len(found) != 1 or total != number % 5 + 1:
                failures.append((found, total))
            seen.add(snapshot.generation)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 16):
        build(state(number), tmp_path)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(seen) > 1


def test_withdrawals_and_instruments_are_part_of_a_generation(tmp_path: Path) -> None:
    gone = Withdrawal("a", "p9", "f" * 64, "2026-01-01")
    facts = (("date", "2000"), ("treaty_series", "1 UNTS 2"))
    articles = (Article("6(3)", "Help"), Article("7"))
    one = Instrument(
        "x", "The whole title", ("X",), "treaty", ("UN",), "https://a.example", facts, articles, ("A",)
    )
    build(replace(TWO, withdrawn=(gone,), instruments={"x": one}), tmp_path)
    snapshot = open_engine(tmp_path).snapshot()
    assert snapshot.withdrawn == {"a/p9": gone}
    assert snapshot.instruments == {"x": one}


def test_the_site_is_part_of_a_generation(tmp_path: Path) -> None:
    site = Site("Our site", "https://kb.example.org")
    first = build(replace(TWO, site=site), tmp_path)
    assert open_engine(tmp_path).snapshot().site == site
    assert first.published
    assert not build(replace(TWO, site=site), tmp_path).published
    assert build(TWO, tmp_path).published
    assert open_engine(tmp_path).snapshot().site == Site()


OLD = tuple(Published("a", "p1", f"{day}" * 64, f"2026-01-0{day}", f"words {day}\n") for day in (1, 2))


def test_formerly_published_texts_are_part_of_a_generation(tmp_path: Path) -> None:
    published = {"a/p1": OLD, "a/p10": OLD[:1], "a.b/p1": OLD[1:], "é/ü": OLD}
    build(replace(TWO, published=published), tmp_path)
    kept = open_engine(tmp_path).snapshot().published
    assert kept == published
    assert list(kept) == sorted(published)
    assert (len(kept), kept.get("a/p2"), kept.get("")) == (4, None, None)
    assert not build(replace(TWO, published=published), tmp_path).published
    assert build(replace(TWO, published={"a/p1": OLD}), tmp_path).published
    assert open_engine(tmp_path).snapshot().published == {"a/p1": OLD}
    build(TWO, tmp_path)
    assert open_engine(tmp_path).snapshot().published == {}


def test_former_ids_are_part_of_a_generation(tmp_path: Path) -> None:
    moves = (Move("a", "p8", "a/p9"), Move("a", "p9", "b/p1"), Move("old", "", "a"))
    build(replace(TWO, moves=moves), tmp_path)
    onward = open_engine(tmp_path).snapshot().moves
    assert onward.target(("a", "p8")) == ("b", "p1")
    assert onward.target(("old", "p2")) == ("a", "p2")
    assert onward.target(("old", "p3")) is None
    assert onward.target(("a", "p1")) is None
    assert (onward.document("old"), onward.document("a")) == ("a", "")
    assert build(TWO, tmp_path).published
    assert open_engine(tmp_path).snapshot().moves.target(("a", "p8")) is None


def test_a_deleted_passage_does_not_block_a_move(tmp_path: Path) -> None:
    many = {f"d{n}": ["words"] for n in range(40)}
    build(collection(**many), tmp_path)
    build(replace(collection(**many, new=["words"]), moves=()), tmp_path)
    fewer = {name: texts for name, texts in many.items() if name != "d3"}
    build(replace(collection(**fewer, new=["words"]), moves=(Move("d3", "", "new"),)), tmp_path)
    assert open_engine(tmp_path).snapshot().moves.target(("d3", "p1")) == ("new", "p1")


def test_old_texts_are_freed_with_their_snapshot(tmp_path: Path) -> None:
    build(replace(TWO, moves=(Move("old", "", "a"),), published={"a/p1": OLD}), tmp_path)
    snapshot = open_engine(tmp_path).snapshot()
    assert snapshot.moves.target(("old", "p1"))
    assert snapshot.published["a/p1"]
    gone = weakref.ref(snapshot)
    gc.disable()
    try:
        del snapshot
        assert gone() is None
    finally:
        gc.enable()


plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.builds(
        Passage,
        document=plain,
        id=plain,
        text=plain,
        locator=plain,
        heading=plain,
        themes=st.lists(plain, max_size=2).map(tuple),
        provisions=st.lists(st.builds(Provision, plain, plain, plain), max_size=2).map(tuple),
        quotation=st.none() | st.builds(Quotation, plain, plain, plain),
        html=plain,
        formerly=st.lists(plain, max_size=2).map(tuple),
        further=st.lists(st.tuples(plain, plain), max_size=2).map(tuple),
        line=st.just(1),
    )
)
def test_a_passage_is_read_as_it_was_written(original: Passage) -> None:
    record = write_passage(original)
    assert read_passage(record) == original
    assert "\n" not in record
    json.loads(record)


def test_themes_are_kept_whole(tmp_path: Path) -> None:
    theme = Theme("t", "Title", "Label", 3, ("related",))
    build(replace(TWO, themes=(theme,)), tmp_path)
    assert open_engine(tmp_path).snapshot().themes == (theme,)


def test_notes_rank_after_sources(tmp_path: Path) -> None:
    build(collection(document("n", kind="note"), document("s"), n=["same words"], s=["same words"]), tmp_path)
    hits = open_engine(tmp_path).snapshot().search(Request(text="same")).hits
    assert [hit.passage.document for hit in hits] == ["s", "n"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system does not list open files so")
def test_the_files_of_old_generations_are_closed(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    for number in range(12):
        build(collection(a=[f"text {number}"]), tmp_path)
        assert texts(engine.snapshot(), "text") == [f"text {number}"]
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    assert len([line for line in mapped if str(tmp_path) in line]) <= 6


def test_an_index_that_was_never_finished_is_missing_not_damaged(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        build(TWO, tmp_path, lambda done, total: (_ for _ in ()).throw(RuntimeError("stop")))
    with pytest.raises(IndexMissing, match="no build of this index has finished"):
        open_engine(tmp_path).snapshot()
    build(TWO, tmp_path)
    assert open_engine(tmp_path).snapshot().size == 3


def test_an_updated_index_ranks_as_one_built_at_once(tmp_path: Path) -> None:
    texts_ = [f"law {'victim ' * n}" for n in range(8)]
    now = collection(a=texts_[:5], b=["victim law law"])
    for state in (collection(a=texts_, c=["law"] * 9), collection(b=["victim"]), now):
        build(state, tmp_path / "often")
    build(now, tmp_path / "once")
    often, once = (open_engine(tmp_path / name).snapshot() for name in ("often", "once"))
    for query in ("law", "victim law", "vict*"):
        assert [(hit.passage, hit.score) for hit in often.search(Request(text=query)).hits] == [
            (hit.passage, pytest.approx(hit.score)) for hit in once.search(Request(text=query)).hits
        ]


def test_a_phrase_after_a_compound_is_found_when_another_document_was_changed(tmp_path: Path) -> None:
    build(collection(a=["plain words"], b=["the co-operation of States"]), tmp_path)
    build(collection(a=["other words"], b=["the co-operation of States"]), tmp_path)
    snapshot = open_engine(tmp_path).snapshot()
    assert texts(snapshot, '"cooperation of States"') == ["the co-operation of States"]
