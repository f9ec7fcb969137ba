"""The windows. Everything here runs in the main thread and only repaints; what is pressed is posted to the engine."""
