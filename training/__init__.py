"""How the weights that voc_engine ships are made: data in, one model folder out (``python -m training``)."""
