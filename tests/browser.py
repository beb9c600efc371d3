"""The browser for the tests: found, or installed by apt when root, else named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = (
    "chromium-headless-shell",  # half the work of a whole browser
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
    # two hidden pages of the browser's own in every window
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # Playwright turns these off, too, but the last list is the one that counts
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
    # many small pages are opened, one after the other: what is held in reserve only costs
    "--num-raster-threads=1",
    "--renderer-process-limit=1",
    # pages are left again before optimised code would pay: a quarter of what axe takes
    "--js-flags=--no-opt --no-maglev --min-semi-space-size=64",
)
"""What keeps a headless Chromium quiet, offline and able to run as root."""


def find() -> str | None:
    """The path of a Chromium or a browser made from it; `KB_CHROMIUM` names one outright."""
    named = os.environ.get("KB_CHROMIUM")
    on_path = (shutil.which(name) for name in _NAMES)
    return named or next(filter(None, on_path), None) or next((p for p in _PLACES if Path(p).exists()), None)


def install() -> None:
    """Debian's Chromium by apt, which needs root: the part without windows, else the whole."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    for package in _PACKAGES:
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(command, check=False, env=environment).returncode == 0:
            return


def main() -> int:
    if not find() and shutil.which("apt-get") and os.geteuid() == 0:
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
