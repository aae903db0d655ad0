"""The running program: which processes there are, how they are wired, who watches them."""
