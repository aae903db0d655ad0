"""The processes: plan, wiring, supervision."""
