"""heads.v1: labels from one encoder pass and logistic heads with reasons."""
