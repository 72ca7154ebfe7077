"""Training stages: parser → codec → preview → trunk → mask and text → influence.

One command each, resumable, with a time budget.
"""
