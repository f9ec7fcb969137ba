"""The composition root: the only place that knows files, devices, runtime and windows at once."""
