"""Results, explanations and verdicts as JSON."""
