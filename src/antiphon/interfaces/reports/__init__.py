"""Evidence that one can take away: one document, as a page, a PDF, a text document or slides."""
