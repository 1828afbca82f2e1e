"""The two decisions about access: what kind of thing a person may do, and on which records."""
