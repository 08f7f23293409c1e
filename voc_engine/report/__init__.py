"""The report: what people read. Formats are components; each yields files and opens none."""
