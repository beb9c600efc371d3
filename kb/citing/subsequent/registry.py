"""The rules for citing again, by style; styles that cite in the text repeat the reference."""

from __future__ import annotations

from collections.abc import Mapping

from kb.citing.subsequent.aglc import AGLC_AGAIN
from kb.citing.subsequent.bluebook import BLUEBOOK_AGAIN
from kb.citing.subsequent.chicago import CHICAGO_AGAIN
from kb.citing.subsequent.oscola import OSCOLA_AGAIN
from kb.citing.subsequent.short_forms import SubsequentRules
from kb.citing.subsequent.un import UN_AGAIN

__all__ = ["SUBSEQUENT"]

SUBSEQUENT: Mapping[str, SubsequentRules] = {
    "oscola": OSCOLA_AGAIN,
    "aglc": AGLC_AGAIN,
    "bluebook": BLUEBOOK_AGAIN,
    "chicago": CHICAGO_AGAIN,
    "un": UN_AGAIN,
}
