#!/usr/bin/env python3
"""Verifies an exported ledger without the program that wrote it.

    duban export ledger.jsonl
    python3 tools/verify-ledger.py ledger.jsonl [HEAD]

A line of the file is an entry. Its hash is SHA-256 over: the bytes "duban-ledger-v1" and a zero byte; then seq, at, actor,
kind and body, each as UTF-8 after its length in bytes as a big-endian 64-bit number; then the hash of the entry before
(32 zero bytes before the first). HEAD is a head that was kept elsewhere, such as one in a weekly briefing or an export:
it must be among the entries, or else entries that were there are gone.

Prints one line. Exit status: 0 the chain holds, 1 it does not, 2 the file cannot be read.
"""

import hashlib
import json
import sys


def entry_hash(entry, previous):
    digest = hashlib.sha256(b"duban-ledger-v1\0")
    for field in (str(entry["seq"]), entry["at"], entry["actor"], entry["kind"], entry["body"]):
        encoded = field.encode("utf-8")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    digest.update(previous)
    return digest.digest()


def first_fault(lines, kept_head):
    """What is wrong, or None; and how many entries hold."""
    previous, entries, kept_head_seen = bytes(32), 0, kept_head is None
    for number, line in enumerate(lines, start=1):
        entry = json.loads(line)
        if entry["seq"] != number:
            return f"entry {number} is missing: entry {entry['seq']} stands in its place", entries
        previous = entry_hash(entry, previous)
        if entry["hash"] != previous.hex():
            return f"entry {number} was changed, or one before it", entries
        kept_head_seen = kept_head_seen or kept_head == entry["hash"]
        entries = number
    if not kept_head_seen:
        return f"the head {kept_head} is not among the entries: some were cut off or replaced", entries
    return None, entries


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    kept_head = arguments[2].lower() if len(arguments) == 3 else None
    try:
        with open(arguments[1], encoding="utf-8") as file:
            fault, entries = first_fault(file, kept_head)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot read {arguments[1]}: {error!r}", file=sys.stderr)
        return 2
    if fault:
        print(f"BROKEN: {fault}")
        return 1
    print(f"ok: {entries} entries")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
