"""The names of a generation's indices, and which indices are ours."""

from __future__ import annotations

import pytest

from index.engines.opensearch.connection.generation_names import IndexNames, generation_number


def test_the_indices_of_a_generation_have_its_number() -> None:
    names = IndexNames.numbered("kb-main", 1795700000)
    assert names == IndexNames.of("kb-main-1795700000")
    assert {generation_number("kb-main", name) for name in names} == {1795700000}
    assert all(name.startswith("kb-main-1795700000") for name in names)


@pytest.mark.parametrize(
    "index",
    [
        *("kb-main", "kb-main-leases", "kb-main-1", "kb-other-1795700000", "kb-main_2-1795700000"),
        *("kb-main-1795700000-copy", "x-kb-main-1795700000", "kb-main-1795700000x"),
    ],
)
def test_no_other_index_is_ours(index: str) -> None:
    assert generation_number("kb-main", index) is None
