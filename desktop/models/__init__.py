"""Qt item models, nothing else."""
