"""Security headers for every answer: what our pages may load, and who may show or keep them.

Whatever answers in place of the application takes them from here, too.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DISCREET", "OPENED_FILE", "SAVED_FILE", "SECURITY", "security_headers"]

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    # searches on this subject are sensitive: no other site learns what was asked here
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

SAVED_FILE = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The policy of somebody else's file, meant to be saved: even if it is opened, nothing in it runs."""

OPENED_FILE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The policy of a PDF for the browser's own viewer, which some browsers do not start in a sandbox."""

_HTTPS_ALONE = {"Strict-Transport-Security": "max-age=31536000"}
"""For a year (RFC 6797). Other hosts below this one are not ours to decide on."""

DISCREET = "private, no-store"
"""The Cache-Control of answers that no cache may keep, the browser's included."""


def security_headers(base_url: str) -> dict[str, str]:
    """The headers of a site at this base URL, empty if it has none."""
    return {**SECURITY, **(_HTTPS_ALONE if base_url.startswith("https:") else {})}
