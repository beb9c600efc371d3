from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from tests.web.looks import looked_at, pictures
from tests.web.looks.block_font import style_sheet

KEPT = Path(__file__).parent / "kept"
MAX_BYTES = 600_000


def test_a_picture_is_read_as_it_was_written(tmp_path: Path) -> None:
    picture = np.arange(35, dtype=np.uint8).reshape(5, 7) % 16
    pictures.write(tmp_path / "small.png", picture)
    assert np.array_equal(pictures.read(tmp_path / "small.png"), picture)


def test_pictures_differ_by_more_than_the_tolerance_or_not_at_all() -> None:
    kept = np.full((100, 100), 12, np.uint8)
    faint, some, shifted = kept - pictures.MAX_GREYS, kept.copy(), kept[:60]
    some[40:45, :10] = 0
    few = kept.copy()
    few[40:45, :8] = 0
    assert pictures.compare(kept, faint) is pictures.compare(kept, few) is None
    assert str(pictures.compare(kept, some)) == "0.5% of the picture differs, from 160 to 180 px"
    assert str(pictures.compare(kept, shifted)) == "40.0% of the picture differs, from 240 to 400 px"


def test_the_kept_pictures_are_small_and_none_is_left_over() -> None:
    paths = sorted(KEPT.glob("*.png"))
    assert sum(path.stat().st_size for path in paths) < MAX_BYTES
    names = {path.stem.rsplit("-", 2)[0] for path in paths}
    assert names == {*looked_at.SHIPPED, *looked_at.SAMPLES, "checked"}


@pytest.mark.slow
def test_every_page_looks_as_it_did(browser: Browser, site: str, sample_site: str, tmp_path: Path) -> None:
    """`make pictures` takes the pictures anew; look at them before you keep them."""
    seen = chain(
        looked_at.pictures_of(site, looked_at.SHIPPED, browser),
        looked_at.pictures_of(sample_site, looked_at.SAMPLES, browser),
    )
    changed = []
    for name, picture in seen:
        kept = pictures.read(KEPT / f"{name}.png")
        if difference := pictures.compare(kept, picture):
            pictures.write(tmp_path / f"{name}.png", picture)
            changed.append(f"{name}: {difference}: {tmp_path / name}.png, kept: {KEPT / name}.png")
    assert changed == []


@pytest.mark.slow
def test_a_clash_of_two_components_is_seen(browser: Browser, site: str) -> None:
    """The box of a verdict on cited words once surrounded the label of a finding, and split its quotation."""
    with looked_at.window(browser) as (page, session):
        page.goto(f"{site}/check")
        page.get_by_label("Quotation").fill(looked_at.QUOTED)
        page.get_by_role("button", name="Check").click()
        page.locator(".finding .verdict").first.wait_for()
        page.add_style_tag(content=style_sheet())
        page.add_style_tag(
            content=".verdict { border: 1px solid; padding: .75rem 1rem; margin-bottom: 1.25rem; }"
            ".finding .verdict { display: inline-block; }"
        )
        pictures.fit(page, 1280)
        page.emulate_media(color_scheme="light")
        kept = pictures.read(KEPT / "checked-desktop-light.png")
        assert pictures.compare(kept, pictures.take(page, session))
