"""What is sent besides the page: static files, compression."""
