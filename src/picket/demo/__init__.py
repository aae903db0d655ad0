"""A drawn front yard with a visitor: a camera for whoever has none at hand."""
