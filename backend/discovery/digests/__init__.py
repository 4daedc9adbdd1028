"""The weekly digest: when it is due, what is in it, and the mail that says it is there."""
