"""Sheets of simple shapes with live text, and the three ways in which they are written: slides, vector pictures, paper."""
