"""The timer in front of the speaker, and the panel from which it is spoken to."""
