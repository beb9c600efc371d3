"""The browser for the tests: found, installed by apt if root, or named by `KB_CHROMIUM`.

Debian's `chromium-headless-shell` is Chromium without windows, and is preferred to the full browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = (
    "chromium-headless-shell",  # two thirds of the work of a full browser
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
_PACKAGES = ("chromium-headless-shell", "chromium")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

_FEATURES_OFF = (
    # the browser's own two hidden pages in every window
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # Playwright turns these off, too, but only the last list counts
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_FEATURES_OFF)}",
    # many small pages are opened, one after another: anything kept in reserve only costs
    "--num-raster-threads=1",
    "--renderer-process-limit=1",
    # pages are left before optimised code would pay off: a quarter of the time that axe takes
    "--js-flags=--no-opt --no-maglev --min-semi-space-size=64",
)
"""What keeps a headless Chromium quiet, offline and able to run as root."""


def find() -> str | None:
    """The path of Chromium or a browser based on it; `KB_CHROMIUM` overrides the search."""
    named = os.environ.get("KB_CHROMIUM")
    on_path = (shutil.which(name) for name in _NAMES)
    return named or next(filter(None, on_path), None) or next((p for p in _PLACES if Path(p).exists()), None)


def install() -> None:
    """Installs Debian's Chromium by apt, which needs root: the headless shell, or else the full browser.

    If the full browser is there already, it stays, and the shell of the same version is added.
    """
    found = find()
    if not found:
        wanted = _PACKAGES
    elif found == shutil.which("chromium") and _is_offered(
        part := f"{_PACKAGES[0]}={_version('chromium-common')}"
    ):
        wanted = (part,)
    else:
        return
    _apt_get("update")
    for package in wanted:
        if _apt_get("install", "--no-install-recommends", "--no-remove", package):
            return


def _apt_get(*arguments: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", "-y", "-qq", *arguments], check=False, env=environment).returncode == 0


def _is_offered(package: str) -> bool:
    """Whether apt can get this version: Debian keeps few but the newest."""
    shown = ["apt-cache", "show", package]
    return subprocess.run(shown, check=False, capture_output=True).returncode == 0


def _version(package: str) -> str:
    """The version of a package installed by dpkg; empty if it is not installed."""
    query = ["dpkg-query", "--show", "--showformat=${Version}", package]
    return subprocess.run(query, check=False, capture_output=True, text=True).stdout


def main() -> int:
    if not os.environ.get("KB_CHROMIUM") and shutil.which("apt-get") and os.geteuid() == 0:
        install()
    if find():
        return 0
    print(
        "The browser tests need Chromium, Chrome or Edge: install one (on Debian: apt-get install chromium), "
        "or name one with KB_CHROMIUM=/path/to/browser.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
