"""Frame to motion boxes; pure."""
