"""The first window: a way in for somebody who has no event open yet."""
