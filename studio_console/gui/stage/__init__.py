"""The stage manager's window: the next speakers, and who is in the hall."""
