"""Wires settings to an ASGI application: the one place that chooses implementations."""
