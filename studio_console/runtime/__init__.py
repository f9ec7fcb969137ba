"""The running show: one queue, one writer, a durable journal and the clocks."""
