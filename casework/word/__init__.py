"""Word documents with merge fields: `{{child_name}}` in the text. A field is a name and nothing more: no code runs."""
