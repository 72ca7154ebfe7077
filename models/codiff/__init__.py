"""Collaborative Diffusion in small: data, networks, training, export and evaluation of the packs the page runs."""
