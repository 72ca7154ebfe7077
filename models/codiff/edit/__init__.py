"""Editing a photo of a face; models/contracts/README.md, "Editing a photo", writes the mathematics down."""
