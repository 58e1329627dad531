"""How Antiphon looks and answers: templates, components, pages and parts of pages."""
