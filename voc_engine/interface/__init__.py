"""The Python interface: a study as an object, its tables as DataFrames, files and texts without a study."""
