"""What is printed: reports and cue sheets, on A4 across, drawn with the fonts of the windows."""
