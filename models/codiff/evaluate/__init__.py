"""`python -m codiff evaluate`: a pack or checkpoints in figures, as the paper compares models (Huang et al. CVPR 2023)."""
