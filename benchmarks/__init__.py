"""Speed and memory, printed by one command: python -m benchmarks. Ratios count; absolute figures are one machine's."""
