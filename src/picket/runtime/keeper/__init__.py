"""The one writer of the index: what it is told and commanded, retention, exports, counts."""
