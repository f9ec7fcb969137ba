"""Remote guests on the desk: the wall of their pictures, one of them large, their tech check, the LED wall."""
