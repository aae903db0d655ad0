"""Motion, detection, tracking and events joined for one camera, one frame at a time."""
