"""Editing the event at the desk."""
