"""The words of the program as frozen values; imports nothing of ours."""
