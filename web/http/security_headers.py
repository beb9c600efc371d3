"""Security headers, for every answer: what our pages may load, and who may show or keep them.

Whatever answers before the application is asked takes them from here, too.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DISCREET", "SECURITY", "security_headers"]

SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    # searches on this subject are sensitive: no other site is told what was asked here
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_HTTPS_ALONE = {"Strict-Transport-Security": "max-age=31536000"}
"""For a year (RFC 6797). Other hosts below this one are not ours to decide on."""

DISCREET = "private, no-store"
"""The Cache-Control of answers that no cache may keep, the browser's included."""


def security_headers(base_url: str) -> dict[str, str]:
    """The headers of a site at this base URL, which is empty where it has none."""
    return {**SECURITY, **(_HTTPS_ALONE if base_url.startswith("https:") else {})}
