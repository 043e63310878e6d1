"""Text in, a ready program out."""
