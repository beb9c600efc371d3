"""The knowledge base itself: its model, its files, their provenance, and how passages are cited."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("trafficking-kb")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0.0.0"

__all__ = ["__version__"]
