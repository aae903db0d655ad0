"""The labelling service (Frigate+): pictures that a user submits, and what he says about them."""
