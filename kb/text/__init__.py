"""How texts are compared: folding, fingerprints, differences, similarity."""
