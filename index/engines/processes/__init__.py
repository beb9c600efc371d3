"""Processes in which the parts of a build are done, whatever the engine."""
