"""People's journeys and live results, in a browser, on a site that searches a cluster.

The steps are those of the tests with the built-in engine; the desk, where an editor works, does no searches.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from kb.model import Collection
from tests.cluster.live import live_urls, new_site, open_site, remove_site
from tests.web.conftest import TODAY, live
from tests.web.test_four_people import (  # noqa: F401
    desktop,
    mobile,
    scripts,
    test_a_caseworker_on_a_phone_finds_what_applies_and_its_citation,
    test_a_lawyer_quotes_some_words_in_a_style_and_has_them_checked,
    test_a_policy_officer_takes_two_passages_to_a_word_file,
)
from tests.web.test_live_results import (  # noqa: F401
    box,
    test_a_filter_keeps_the_focus_and_its_place_and_the_count_is_read_out,
    test_an_answer_overtaken_by_another_search_is_dropped,
    test_back_restores_the_list_the_scroll_and_the_focus,
    test_what_is_typed_is_searched_for_as_one_entry_of_the_history,
    window,
)
from web.app import create_app

pytestmark = [pytest.mark.live, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cluster = new_site(live_urls())
    OpenSearchBuilder(cluster, tmp_path_factory.mktemp("sources")).build(shipped_collection)
    with live(create_app(open_site(cluster), today=lambda: TODAY, budget=0)) as address:
        yield address
    remove_site(cluster)
