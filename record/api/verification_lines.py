"""The lines of Python that verify `/export.ndjson` by hand, as the data page shows them and docs/record.md has them."""

VERIFICATION_LINES = r"""import hashlib, hmac, json, pathlib

canonical = lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
first, *entries, last = pathlib.Path("export.ndjson").read_bytes().splitlines()
link = ""
for line in entries:
    entry, document = json.loads(line), line.split(b',"document":', 1)[1][:-1]
    named = entry["document"] or {"type": entry["kind"], "id": entry["public_id"]}
    if entry["salt"]:  # where it is empty the entry was erased, and only its link can be checked
        message = b"[" + document + b"," + canonical(entry["reason"]) + b"]"
        assert hmac.new(bytes.fromhex(entry["salt"]), message, "sha256").hexdigest() == entry["digest"], entry["seq"]
    link = [link, entry["seq"], named["type"], named["id"], entry["version"], entry["published_at"], entry["digest"]]
    link = hashlib.sha256(canonical(link)).hexdigest()
    assert link == entry["link"], entry["seq"]
assert link == json.loads(last)["head"]["link"]
"""
