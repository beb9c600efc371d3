from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh.storage.seal import SealBroken, sealed, unsealed


@given(st.binary(max_size=300))
def test_what_was_sealed_is_read_as_it_was(data: bytes) -> None:
    assert unsealed(sealed(data)) == data


@pytest.mark.parametrize("data", [b"", b"a table of contents"])
def test_every_changed_byte_and_every_other_length_is_noticed(data: bytes) -> None:
    whole = sealed(data)
    changed = [
        whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :] for at in range(len(whole)) for bit in (1, 32)
    ]
    for other in (*changed, *(whole[:at] for at in range(len(whole))), whole + b"\n", b"\n" + whole):
        with pytest.raises(SealBroken):
            unsealed(other)
