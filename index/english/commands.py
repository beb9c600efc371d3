"""The command line: kb build, kb search and kb eval."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue, Plural

ENGLISH: MessageCatalogue = {
    # kb build
    "reading-content": "Reading and checking the content",
    "indexing-passages": "Indexing passages",
    "built": Plural(
        "{count} document added, {changed:,} changed, {removed:,} removed, "
        "{unchanged:,} unchanged; {passages}",
        "{count:,} documents added, {changed:,} changed, {removed:,} removed, "
        "{unchanged:,} unchanged; {passages}",
    ),
    "nothing-built": "{summary}. Nothing new: the index stays as it is",
    "index-folder": "Index: {folder}",
    # kb search
    "hidden-passages": "Not shown: {passages} from superseded or withdrawn documents",
    "missing-words": "Not found anywhere: {words}",
    "did-you-mean": "Did you mean: {first}",
    "did-you-mean-either": "Did you mean: {first} or {second}",
    "also-searched": "Also searched: {terms} (--no-expand searches only your words)",
    "some-words": "With some of the words: {found}",
    "found-because": "Found because: {reasons}",
    "explained-term": "{text}: {forms}",
    "explained-related-term": "{text} (related to “{words}”): {forms}",
    "term-absent": "not in this passage",
    "score-of-parts": "score {score:.2f}: {parts}",
    # kb eval
    "searching": "Searching",
    "time-per-query": "ms per query",
    "bad-judgement": Advice(
        "this line is not a judgement",
        "write query, document and grade, a whole number, with tabs between",
    ),
    "pytrec-eval-missing": Advice(
        "measuring needs pytrec_eval", "install it with: pip install pytrec-eval-terrier"
    ),
}
