"""One file per model runtime."""
