"""How processes talk: frame rings, typed messages, channels."""
