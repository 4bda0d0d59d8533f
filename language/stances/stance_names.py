"""What a stance is called in the record; empty where the words leave it open."""

AFFIRMS, DENIES, DISPUTES, SUPPORTS, OPPOSES = "affirms", "denies", "disputes", "supports", "opposes"
QUALIFIES, RELAYS, DECLINES, SILENT, UNCLEAR = "qualifies", "relays", "declines", "silent", ""
