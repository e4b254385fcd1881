"""Writing: a listing gets its memory, its names and its text, and the text is loaded."""
