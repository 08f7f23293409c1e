"""The local web app for researchers: it reads a run's tables and writes decisions only."""
