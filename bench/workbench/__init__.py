"""The workbench measured in a real browser: reading, marking, scrolling, memory."""
