"""Training stages: parser → codec → trunk → mask and text → influence. One command each, resumable, with a time budget."""
