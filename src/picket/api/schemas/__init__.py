"""Questions and answers as typed models, one file per resource."""
