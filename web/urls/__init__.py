"""Addresses to requests and back."""
