"""One filing as a page of inline XBRL or an XBRL instance: what it tags, and when it was filed."""
