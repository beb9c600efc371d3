"""What is common to all answers: hosts, headers, redirects, files, compression."""
