"""Every endpoint of a running program with real cameras, as its clients use it.

One program serves the whole folder (`scene`). An endpoint that is new gets a test here that bears
its route and parameters as a marker, and what it needs of a camera is added to `scene.CONFIG`.
"""
