"""Flags over environment over defaults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import kb.settings
from kb.errors import BadRequest, ContentError
from kb.settings import DEFAULT_RATE, MAX_PROXIES, MAX_RATE, Settings, shipped_content
from kb.work.budget import DEFAULT_BUDGET_SECONDS


def test_the_default_content_is_what_ships() -> None:
    settings = Settings.read(environ={})
    assert settings.content == (shipped_content(),)
    assert (shipped_content() / "documents").is_dir()
    assert not settings.explicit_content


def test_the_default_index_lies_in_the_data_folder_of_the_user() -> None:
    assert Settings.read(environ={}).index.parts[-2:] == ("kb", "index") or os.name == "nt"


def test_the_environment_names_folders(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    environ = {"KB_CONTENT": os.pathsep.join([str(one), str(two)]), "KB_INDEX": str(tmp_path / "index")}
    settings = Settings.read(environ=environ)
    assert settings == Settings((one, two), tmp_path / "index", True)


def test_flags_go_before_the_environment(tmp_path: Path) -> None:
    settings = Settings.read([tmp_path], tmp_path / "a", {"KB_CONTENT": "nowhere", "KB_INDEX": "b"})
    assert settings == Settings((tmp_path,), tmp_path / "a", True)


def test_a_named_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="content folder not found") as caught:
        Settings.read([tmp_path / "absent", tmp_path, tmp_path / "gone"], environ={})
    assert len(caught.value.faults) == 2
    assert caught.value.exit_code == 1


def test_a_folder_named_twice_is_one_as_it_was_first_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    folders = [Path("one"), Path("two"), tmp_path / "one", Path("two/../one"), Path("two")]
    assert Settings.read(folders, environ={}).content == (Path("one"), Path("two"))


def test_a_missing_folder_is_named_without_a_line(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        Settings.read([tmp_path / "absent"], environ={})
    assert str(caught.value).startswith(f"{tmp_path / 'absent'}: content folder not found; ")


def test_an_installed_program_has_its_content_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kb/content").mkdir(parents=True)
    monkeypatch.setattr(kb.settings, "__file__", str(tmp_path / "kb/settings.py"))
    assert shipped_content() == (tmp_path / "kb/content").resolve()


def test_the_number_of_proxies_is_a_flag_then_the_environment_then_none() -> None:
    assert Settings.read(environ={}).proxies == 0
    assert Settings.read(environ={"KB_PROXY": " 2 "}).proxies == 2
    assert Settings.read(environ={"KB_PROXY": "2"}, proxies=0).proxies == 0


@pytest.mark.parametrize("value", ["yes", "-1", "1.5", "٢", str(MAX_PROXIES + 1)])
def test_what_is_no_number_of_proxies_is_refused(value: str) -> None:
    with pytest.raises(BadRequest, match=r"KB_PROXY: .* is not a number of proxies"):
        Settings.read(environ={"KB_PROXY": value})


def test_the_base_url_is_a_flag_then_the_environment_then_none() -> None:
    assert Settings.read(environ={}).site == ""
    assert Settings.read(environ={"KB_SITE": " https://KB.example/ "}).site == "https://kb.example"
    given = Settings.read(environ={"KB_SITE": "https://kb.example"}, site="http://other.example/kb/")
    assert given.site == "http://other.example/kb"


def test_what_is_no_base_url_is_refused_by_the_name_it_was_given_under() -> None:
    with pytest.raises(
        BadRequest, match=r"--site: “kb\.example” is not the address of a site; write it as https:"
    ):
        Settings.read(environ={}, site="kb.example")
    with pytest.raises(BadRequest, match=r"KB_SITE: “mailto:kb@kb\.example” is not the address of a site"):
        Settings.read(environ={"KB_SITE": "mailto:kb@kb.example"})


def test_further_hosts_are_flags_then_the_environment_then_none() -> None:
    assert Settings.read(environ={}).hosts == ()
    environ = {"KB_ALLOW_HOST": " KB.intern  [fd00::0:1] kb.intern "}
    assert Settings.read(environ=environ).hosts == ("kb.intern", "fd00::1")
    assert Settings.read(environ=environ, hosts=["kb_web"]).hosts == ("kb_web",)


@pytest.mark.parametrize("value", ["http://kb.example", "kb.example:80", "kb.example/kb", "*", "a,b"])
def test_what_is_no_host_is_refused_by_the_name_it_was_given_under(value: str) -> None:
    with pytest.raises(BadRequest, match=r"KB_ALLOW_HOST: .* is not the name of a host; write it as kb"):
        Settings.read(environ={"KB_ALLOW_HOST": value})
    with pytest.raises(BadRequest, match=r"--allow-host: "):
        Settings.read(environ={}, hosts=[value])


def test_the_rate_is_a_flag_then_the_environment_then_the_default() -> None:
    assert Settings.read(environ={}).rate == DEFAULT_RATE
    assert Settings.read(environ={"KB_RATE": " 60 "}).rate == 60
    assert Settings.read(environ={"KB_RATE": "60"}, rate=0).rate == 0


@pytest.mark.parametrize("value", ["many", "-1", "1.5", str(MAX_RATE + 1), "9" * 5_000])
def test_what_is_no_rate_is_refused(value: str) -> None:
    with pytest.raises(BadRequest, match=r"KB_RATE: .* is not a number of requests"):
        Settings.read(environ={"KB_RATE": value})


def test_the_budget_of_a_request_is_a_number_of_seconds() -> None:
    assert Settings.read(environ={}).budget == DEFAULT_BUDGET_SECONDS == 1
    assert Settings.read(environ={"KB_BUDGET": " 2.5 "}).budget == 2.5
    assert Settings.read(environ={"KB_BUDGET": "0"}).budget == 0
    assert Settings.read(environ={"KB_BUDGET": "5"}, budget=0.5).budget == 0.5


@pytest.mark.parametrize("value", ["-1", "much", "nan", "inf", "3601", "1,5"])
def test_any_other_budget_is_refused(value: str) -> None:
    with pytest.raises(
        BadRequest, match=r"is not a number of seconds from 0 to 3,600; write a number such as 1 or 0\.5"
    ):
        Settings.read(environ={"KB_BUDGET": value})
