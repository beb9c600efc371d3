"""What all answers have in common: hosts, headers, redirects, files, compression."""
