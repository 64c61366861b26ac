"""Every sentence said to an author: code, wording and hint. One function for each complaint.

Y1nn is about YAML and files, T2nn about what a taxonomy holds, E5nn about personas.
"""
