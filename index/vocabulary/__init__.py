"""The terms of a generation: what an engine reports, and what search derives from it."""
