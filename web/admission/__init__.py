"""How much may be asked at once, and by one reader."""
