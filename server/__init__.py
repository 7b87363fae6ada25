"""The centre. For now the peer of the convergence test."""
